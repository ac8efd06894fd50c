/** Where vendors are reached. Configuration of the installation, so that tests and the demo can stand in. */
import { z } from "zod";

const address = z.url({ protocol: /^https?$/ });

export const vendorEndpoints = z.strictObject({
  ga4: z
    .strictObject({
      /** The vendor's own script, loaded by pages in tag mode. */
      script: address.default("https://www.googletagmanager.com/gtag/js"),
      /** Where the gateway sends hits. */
      collect: address.default("https://region1.google-analytics.com/g/collect"),
    })
    .prefault({}),
  metrika: z
    .strictObject({
      script: address.default("https://mc.yandex.ru/metrika/tag.js"),
      collect: address.default("https://mc.yandex.ru/collect"),
      /** Counter → its Measurement Protocol token, which Metrika requires; a secret, so not in a site file. */
      tokens: z.record(z.string().regex(/^\d{1,10}$/), z.string().min(1).max(100)).default({}),
    })
    .prefault({}),
});

export type VendorEndpoints = z.output<typeof vendorEndpoints>;
