/**
 * Google Tag Manager: https://developers.google.com/tag-platform/tag-manager/web. The container keeps
 * nothing itself; what its tags keep belongs into the `stores` of the service.
 */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "gtm",
  settings: z.strictObject({
    container: z.string().regex(/^GTM-[A-Z0-9]{4,12}$/, "an id such as GTM-ABCD123"),
  }),
  account: ({ container }) => container,
  country: "US",
  hosts: ["www.googletagmanager.com/gtm.js", "www.googletagmanager.com/ns.html"],
  stores: [],
  form: ({ container }) => ({
    vendor: "ga4",
    src: `https://www.googletagmanager.com/gtm.js?id=${container}`,
    measurementId: container,
  }),
});
