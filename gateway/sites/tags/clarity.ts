/**
 * Microsoft Clarity: https://learn.microsoft.com/en-us/clarity/setup-and-installation/clarity-consent-api-v2
 * and .../clarity-cookies.
 */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "clarity",
  settings: z.strictObject({
    project: z.string().regex(/^[a-z0-9]{6,16}$/, "a project id such as ab12cd34ef"),
    /** Whether what is granted includes Clarity's storage for advertising. */
    ads: z.boolean().default(false),
  }),
  account: ({ project }) => project,
  country: "US",
  hosts: ["*.clarity.ms/"],
  stores: [
    { name: "_clck", days: 365 },
    { name: "_clsk", days: 1 },
    { name: "CLID", days: 365, removable: false },
    { name: "MUID", days: 390, removable: false },
  ],
  form: ({ project, ads }) => ({
    vendor: "snippet",
    src: `https://www.clarity.ms/tag/${project}`,
    queue: ["clarity", "q"],
    says: [["consentv2", { ad_Storage: ads ? "granted" : "denied", analytics_Storage: "granted" }]],
    ends: [["consentv2", { ad_Storage: "denied", analytics_Storage: "denied" }]],
  }),
});
