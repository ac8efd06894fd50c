/**
 * What publishing, the page's tag and the installation's settings need to know of a vendor. The vendors
 * themselves are files of gateway/events/vendors/; only those whose own script a page can load have
 * settings here, since two rooms read them.
 */
import { z } from "zod";
import { slug } from "./ids.ts";

/** `tag`: the vendor's own script in the page. `gateway`: cleaned events through the gateway. */
export const mode = z.enum(["tag", "gateway"]);

export type Mode = z.infer<typeof mode>;

/** A vendor as `site.json` sees it. */
export interface ServiceVendor {
  /** What `vendor` of a service says. */
  readonly id: string;
  readonly modes: [Mode, ...Mode[]];
  /** Form of a service's `settings`. */
  readonly settings: z.ZodType<Record<string, unknown>>;
  /** What valid settings point at: two services with one account must not share a page. */
  account(settings: Record<string, unknown>): string;
}

/** Settings of an installation by vendor, as each vendor's file defines them: addresses and secrets. */
export type VendorEndpoints = Readonly<Record<string, object>>;

/** An address of a vendor. Tests and the demo put a stand-in there. */
export const vendorAddress = z.url({ protocol: /^https?$/ });

/**
 * `advanced`: Google's tag loads before the visitor has chosen, and sends pings without cookies, which carry
 * the visitor's address and agent to Google. An explicit departure from asking first.
 */
export const googleConsentMode = z.enum(["basic", "advanced"]).optional();

export const ga4Settings = z.strictObject({
  measurementId: z.string().regex(/^G-[A-Z0-9]{4,12}$/, "an id such as G-ABCD1234"),
  consentMode: googleConsentMode,
});

export const metrikaSettings = z.strictObject({
  counter: z.number().int().positive().max(9_999_999_999),
  /** Session recording stays off unless the owner asks for it. */
  webvisor: z.boolean().default(false),
  clickmap: z.boolean().default(false),
});

export const matomoSettings = z.strictObject({
  /** Which of the installation's Matomos. */
  instance: slug,
  /** Its number of the website. */
  siteId: z.number().int().positive().max(999_999_999),
});

/** Where the scripts are that pages load in tag mode, of vendors that the gateway has addresses of. */
export const tagScripts = z.object({
  ga4: z.object({ script: vendorAddress }),
  metrika: z.object({ script: vendorAddress }),
  /** `url` is that of `matomo.php`, beside which the script lies. */
  matomo: z.object({ instances: z.record(slug, z.object({ url: vendorAddress })) }),
});

export type TagScripts = z.output<typeof tagScripts>;
