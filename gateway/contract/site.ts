/** `site.json`, as a site owner writes it. docs/configuration.md explains every field. */
import { z } from "zod";
import { country, language, slug } from "./ids.ts";
import { mode, type ServiceVendor } from "./vendors.ts";

/** A text in several languages; publishing requires every language of the site. */
export const localized = z.record(language, z.string().min(1).max(2000));

/** An origin exactly as browsers send it: scheme, host, optional port, nothing else. */
const origin = z
  .string()
  .max(255)
  .regex(
    /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/,
    "an origin such as https://www.example.com, without a path or a trailing slash",
  );

/** A page pattern: a path in which `*` stands for one segment and `**` for any rest. */
export const pagePattern = z
  .string()
  .max(200)
  .regex(/^\/[^?#\s]*$/, "a path such as /doctors/* or /diseases/**");

export const consentModeType = z.enum([
  "ad_storage",
  "ad_user_data",
  "ad_personalization",
  "analytics_storage",
  "functionality_storage",
  "personalization_storage",
]);

/**
 * Jurisdiction profile (docs/configuration.md): what is asked, and what modes are allowed. Under `us` and
 * `none` services run before anything was asked: departures from the product's first rule, by name.
 */
export const jurisdiction = z.enum(["eu", "ru", "us", "none"]);

/** Consent tools whose cookies the widget can read. */
export const earlierTool = z.enum([
  "vanilla-cookieconsent",
  "klaro",
  "tarteaucitron",
  "orejime",
  "cookiebot",
]);

/** GDPR art. 6(1). */
export const basis = z.enum(["consent", "contract", "legal-obligation", "legitimate-interest"]);

/** Where in the browser something is kept. */
export const storageKind = z.enum(["cookie", "local", "session"]);

export const purpose = z.strictObject({
  id: slug,
  /** Essential purposes are explained, always on and never asked for. */
  essential: z.boolean().default(false),
  /** Anything that is not essential is asked for. */
  basis,
  name: localized,
  description: localized,
  /** Google consent mode v2 types that a grant of this purpose grants. */
  consentMode: z.array(consentModeType).max(6).default([]),
});

/** A cookie or storage entry of a service, as it is named to the visitor and swept on withdrawal. */
export const storedItem = z.strictObject({
  /** Name; a trailing `*` matches any rest. */
  name: z.string().min(1).max(100),
  kind: storageKind.default("cookie"),
  days: z.number().int().min(0).max(3650),
  /** Vendor-domain and HttpOnly cookies cannot be removed by the page: the visitor is told so. */
  removable: z.boolean().default(true),
});

/**
 * A service, whoever its vendor is. What `settings` must hold is the vendor's own to say
 * ({@link siteWith}): a vendor is added without a change here.
 */
export const service = z.strictObject({
  id: slug,
  purpose: slug,
  name: localized,
  description: localized,
  recipient: z.strictObject({
    name: z.string().min(1).max(200),
    country,
    /** A transfer abroad. Under `ru` such a destination stays off until `attested` (152-FZ art. 12). */
    crossBorder: z.boolean().default(false),
    attested: z.boolean().default(false),
    policy: z.url({ protocol: /^https$/ }).optional(),
  }),
  mode,
  /**
   * What is taken off events on their way through the gateway (docs/privacy-profiles.md). `direct` is for
   * a service in mode `tag`: the vendor's own script sends its hits to the gateway.
   */
  profile: z.enum(["strict", "balanced", "direct", "none"]).optional(),
  /** In mode `tag`: the page itself holds the vendor's snippet, marked or found by `blocking: "auto"`. */
  pasted: z.boolean().optional(),
  /** In mode `gateway`: takes what page code says to the vendor's own functions, `gtag` or `ym`. */
  calls: z.boolean().optional(),
  /** Where the service is active; everywhere when absent. */
  pages: z.array(pagePattern).min(1).max(100).optional(),
  stores: z.array(storedItem).max(100).default([]),
  vendor: slug,
  settings: z.record(z.string(), z.unknown()),
});

/** Services of known vendors only, each with the modes and settings that its vendor has. */
const serviceOf = (vendors: readonly ServiceVendor[]) => {
  const known = vendors.map(({ id, modes, settings }) =>
    service.extend({ vendor: z.literal(id), mode: z.enum(modes), settings }),
  );
  return z.discriminatedUnion("vendor", known as [(typeof known)[0], ...typeof known]);
};

export const site = z.strictObject({
  $schema: z.string().optional(),
  id: slug,
  name: localized,
  origins: z.array(origin).min(1).max(100),
  controller: z.strictObject({
    name: z.string().min(1).max(200),
    address: z.string().min(1).max(300),
    contact: z.string().min(3).max(200),
    registration: z.string().max(200).optional(),
  }),
  /** The first language is the fallback. */
  languages: z.array(language).min(1).max(40),
  /** In force wherever no other is. */
  jurisdiction,
  /**
   * Others that a page may name (`data-jurisdiction`), each with the countries in which the gateway finds
   * it by itself; with none, it is in force only where a page names it.
   */
  jurisdictions: z.partialRecord(jurisdiction, z.array(country).max(250)).optional(),
  purposes: z.array(purpose).min(1).max(32),
  services: z.array(service).max(64),
  banner: z
    .strictObject({
      /** `inline`: in the page's own element marked `data-soglas-inline`; a bar where there is none. */
      placement: z.enum(["box", "bar", "dialog", "inline"]).default("box"),
      density: z.enum(["comfortable", "compact"]).default("comfortable"),
      /** Shown beside the controller's name: a path of the site's own origin, or a small image in `data:`. */
      logo: z
        .string()
        .max(12_000)
        .regex(
          /^(\/(?!\/)[\w./~%-]+|data:image\/(png|svg\+xml|webp|gif|jpeg);base64,[A-Za-z0-9+/]+={0,2})$/,
          "a path such as /logo.svg, or an image as data:image/…;base64,…",
        )
        .optional(),
      theme: z.enum(["system", "light", "dark"]).default("system"),
      accent: z
        .string()
        .regex(/^#[0-9a-f]{6}$/, "a colour such as #0b6e4f")
        .default("#1f5eff"),
      /** Side of the page where the control that reopens the choices stands. */
      reopen: z.enum(["left", "right", "none"]).default("left"),
    })
    .prefault({}),
  validity: z
    .strictObject({
      grantDays: z.number().int().min(1).max(730).default(365),
      /** CNIL: a refusal is kept for six months before the visitor is asked again. */
      refusalDays: z.number().int().min(180).max(730).default(180),
    })
    .prefault({}),
  retention: z
    .strictObject({
      /** Days after which the subject half of a record is erased; never fewer than a choice is valid. */
      days: z.number().int().min(180).max(36_500).default(1826),
      /** Drops a year's log once every record in it is past that: only its final checkpoint stays. */
      dropYears: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * `auto`: what the page loads from hosts of its services' vendors waits without being marked, where the
   * tag stands first in the head and is not async.
   */
  blocking: z.enum(["marked", "auto"]).optional(),
  /** `id: false`: a visitor who refuses keeps no lasting id (default in the `eu` profile). */
  refusal: z.strictObject({ id: z.boolean() }).optional(),
  cookie: z
    .strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,24}$/, "letters, digits, _ and -, at most 24")
        .default("soglas"),
      /** `local`: in the browser's local storage, under each origin for itself; no cookie is written. */
      keep: z.enum(["cookie", "local"]).optional(),
      /** Registrable domain whose subdomains share the choice; the page's own host when absent. */
      domain: z
        .string()
        .max(253)
        .regex(/^[a-z0-9.-]+$/, "a domain such as example.com")
        .optional(),
    })
    .prefault({}),
  /** Consent tools that the site had before: what visitors chose there is honoured, without a record. */
  migrate: z
    .array(
      z.strictObject({
        from: earlierTool,
        /** Name of its cookie, where the site had given it another. */
        cookie: z
          .string()
          .regex(/^[\w-]{1,64}$/, "letters, digits, _ and -, at most 64")
          .optional(),
        /** Purpose → the tool's names for it: granted where all of them were. */
        purposes: z.record(slug, z.array(z.string().min(1).max(100)).min(1).max(50)),
      }),
    )
    .max(5)
    .optional(),
  /** Origins between which links carry the choice, under a one-time code. */
  share: z.strictObject({ origins: z.array(origin).min(2).max(20) }).optional(),
  /** Pages about which nothing is sent, or only with a masked address and without a title. */
  pages: z
    .strictObject({
      exclude: z.array(pagePattern).max(200).default([]),
      mask: z.array(pagePattern).max(200).default([]),
    })
    .prefault({}),
  log: z
    .strictObject({
      /** Origin prefix of the site's logs; fixed when the site is first published. */
      name: z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9./-]{2,99}$/,
          "a name such as example.com/soglas: lower-case letters, digits, dots, slashes and hyphens",
        )
        .optional(),
      access: z.enum(["public", "auditors"]).default("auditors"),
    })
    .prefault({}),
});

/**
 * The schema that publishing checks against: {@link site} with every service held to what its vendor
 * says of itself.
 * @param vendors at least one
 */
export const siteWith = (vendors: readonly ServiceVendor[]) =>
  site.extend({ services: z.array(serviceOf(vendors)).max(64) });

/** As written by the owner. */
export type SiteInput = z.input<typeof site>;
/** As published: defaults filled in. */
export type Site = z.output<typeof site>;
export type Purpose = Site["purposes"][number];
export type Service = Site["services"][number];
export type StoredItem = z.output<typeof storedItem>;
export type Jurisdiction = z.infer<typeof jurisdiction>;
export type EarlierTool = z.infer<typeof earlierTool>;
export type StorageKind = z.infer<typeof storageKind>;
export type ConsentModeType = z.infer<typeof consentModeType>;
export type Localized = z.infer<typeof localized>;
