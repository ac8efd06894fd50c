/** Google Analytics 4. Cookies: https://support.google.com/analytics/answer/11397207 */
import { ga4Settings } from "../../contract/vendors.ts";
import { isRelayed } from "../relay.ts";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "ga4",
  settings: ga4Settings,
  account: ({ measurementId }) => measurementId,
  country: "US",
  hosts: ["www.googletagmanager.com/gtag/js", "www.google-analytics.com/"],
  // https://developers.google.com/tag-platform/security/guides/csp#google_analytics_4_google_analytics
  sources: {
    "img-src": ["https://*.google-analytics.com", "https://*.googletagmanager.com"],
    "connect-src": [
      "https://*.google-analytics.com",
      "https://*.analytics.google.com",
      "https://*.googletagmanager.com",
    ],
  },
  stores: [
    { name: "_ga", days: 730 },
    { name: "_ga_*", days: 730 },
    // Of Universal Analytics, and the throttle of older tags: both outlive their tag.
    { name: "_gid", days: 1 },
    { name: "_gat*", days: 1 },
  ],
  form({ measurementId, consentMode }, { service, scripts, relay }) {
    const src = new URL(scripts.ga4.script);
    src.searchParams.set("id", measurementId);
    return {
      vendor: "ga4",
      src: src.href,
      measurementId,
      ...(consentMode === "advanced" && { advanced: true as const }),
      ...(service.pasted && { pasted: true as const }),
      ...(isRelayed(service) && { server: relay }),
    };
  },
});
