/** Google Ads by Google's tag. Cookies: https://business.safety.google/adscookies/ */
import { z } from "zod";
import { googleConsentMode } from "../../contract/vendors.ts";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "google-ads",
  settings: z.strictObject({
    conversionId: z.string().regex(/^AW-\d{6,12}$/, "an id such as AW-123456789"),
    consentMode: googleConsentMode,
  }),
  account: ({ conversionId }) => conversionId,
  country: "US",
  hosts: [
    "www.googletagmanager.com/gtag/js?id=AW-",
    "www.googleadservices.com/",
    "googleads.g.doubleclick.net/",
  ],
  stores: [
    { name: "_gcl_*", days: 90 },
    { name: "_gcl_*", kind: "local", days: 3650 },
    { name: "IDE", days: 390, removable: false },
  ],
  form: ({ conversionId, consentMode }, { service }) => ({
    vendor: "ga4",
    src: `https://www.googletagmanager.com/gtag/js?id=${conversionId}`,
    measurementId: conversionId,
    ...(consentMode === "advanced" && { advanced: true as const }),
    ...(service.pasted && { pasted: true as const }),
  }),
});
