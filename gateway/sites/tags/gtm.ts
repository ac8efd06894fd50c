/**
 * Google Tag Manager: https://developers.google.com/tag-platform/tag-manager/web. The container keeps
 * nothing itself; what its tags keep belongs into the `stores` of the service.
 */
import { z } from "zod";
import { googleConsentMode } from "../../contract/vendors.ts";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "gtm",
  settings: z.strictObject({
    container: z.string().regex(/^GTM-[A-Z0-9]{4,12}$/, "an id such as GTM-ABCD123"),
    consentMode: googleConsentMode,
  }),
  account: ({ container }) => container,
  country: "US",
  hosts: ["www.googletagmanager.com/gtm.js", "www.googletagmanager.com/ns.html"],
  stores: [],
  form: ({ container, consentMode }, { service }) => ({
    vendor: "ga4",
    src: `https://www.googletagmanager.com/gtm.js?id=${container}`,
    measurementId: container,
    ...(consentMode === "advanced" && { advanced: true as const }),
    ...(service.pasted && { pasted: true as const }),
  }),
});
