/** Hotjar. Cookies: https://help.hotjar.com/hc/en-us/articles/115011789248 */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "hotjar",
  settings: z.strictObject({ siteId: z.number().int().positive().max(999_999_999) }),
  account: ({ siteId }) => String(siteId),
  country: "IE",
  hosts: ["*.hotjar.com/", "*.hotjar.io/"],
  stores: [
    { name: "_hjSessionUser_*", days: 365 },
    { name: "_hjSession_*", days: 1 },
    { name: "_hj*", days: 365 },
    { name: "_hj*", kind: "local", days: 3650 },
    { name: "_hj*", kind: "session", days: 0 },
  ],
  form: ({ siteId }) => ({
    vendor: "snippet",
    src: `https://static.hotjar.com/c/hotjar-${siteId}.js?sv=6`,
    globals: { _hjSettings: { hjid: siteId, hjsv: 6 } },
    queue: ["hj", "q"],
  }),
});
