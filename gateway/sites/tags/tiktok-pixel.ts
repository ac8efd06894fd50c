/** TikTok pixel: https://business-api.tiktok.com/portal/docs?id=1739584855420929 (events, consent). */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "tiktok-pixel",
  settings: z.strictObject({
    pixel: z.string().regex(/^[A-Z0-9]{12,24}$/, "a pixel id such as C4A1B2C3D4E5F6G7H8I9"),
  }),
  account: ({ pixel }) => pixel,
  country: "SG",
  hosts: ["analytics.tiktok.com/"],
  stores: [
    { name: "_ttp", days: 395 },
    { name: "_tt_enable_cookie", days: 395 },
    { name: "ttcsid*", days: 90 },
    { name: "tt_*", kind: "session", days: 0 },
  ],
  form: ({ pixel }) => ({
    vendor: "tiktok",
    src: `https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=${pixel}&lib=ttq`,
    pixel,
  }),
});
