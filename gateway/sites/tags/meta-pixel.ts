/**
 * Meta pixel: https://developers.facebook.com/docs/meta-pixel/get-started, its consent:
 * https://developers.facebook.com/docs/meta-pixel/implementation/gdpr
 */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "meta-pixel",
  settings: z.strictObject({ pixel: z.string().regex(/^\d{8,20}$/, "a pixel's number") }),
  account: ({ pixel }) => pixel,
  country: "US",
  hosts: ["connect.facebook.net/", "www.facebook.com/tr"],
  stores: [
    { name: "_fbp", days: 90 },
    { name: "_fbc", days: 90 },
    { name: "fr", days: 90, removable: false },
    { name: "lastExternalReferrer*", kind: "local", days: 3650 },
  ],
  form: ({ pixel }) => ({
    vendor: "snippet",
    src: "https://connect.facebook.net/en_US/fbevents.js",
    queue: ["fbq", "queue"],
    // Where they are missing the script takes the function for another's.
    own: { loaded: true, version: "2.0" },
    alias: "_fbq",
    says: [
      ["consent", "grant"],
      ["init", pixel],
      ["track", "PageView"],
    ],
    ends: [["consent", "revoke"]],
  }),
});
