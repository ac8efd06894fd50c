/** LinkedIn Insight Tag: https://www.linkedin.com/help/lms/answer/a418880. Cookies: https://www.linkedin.com/legal/l/cookie-table */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "linkedin-insight",
  settings: z.strictObject({ partner: z.string().regex(/^\d{3,12}$/, "a partner id") }),
  account: ({ partner }) => partner,
  country: "US",
  hosts: ["snap.licdn.com/", "px.ads.linkedin.com/"],
  stores: [
    { name: "li_fat_id", days: 30 },
    { name: "li_adsId", kind: "local", days: 3650 },
    { name: "li_sugr", days: 90, removable: false },
    { name: "bcookie", days: 365, removable: false },
    { name: "lidc", days: 1, removable: false },
    { name: "UserMatchHistory", days: 30, removable: false },
    { name: "AnalyticsSyncHistory", days: 30, removable: false },
  ],
  form: ({ partner }) => ({
    vendor: "snippet",
    src: "https://snap.licdn.com/li.lms-analytics/insight.min.js",
    globals: { _linkedin_partner_id: partner, _linkedin_data_partner_ids: [partner] },
    queue: ["lintrk", "q"],
  }),
});
