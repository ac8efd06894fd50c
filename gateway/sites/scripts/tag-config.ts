/** What of a site's configuration goes into every page, and what the recorder needs of it. */
import { campaignParameters } from "../../contract/events.ts";
import {
  consentModeType,
  type ConsentModeType,
  type Service,
  type Site,
} from "../../contract/site.ts";
import {
  ga4Settings,
  metrikaSettings,
  type TagScripts,
  type VendorEndpoints,
} from "../../contract/vendors.ts";
import type { RecorderConfig, TagConfig, TagService } from "../../contract/widget.ts";
import { maskedPath, pagePatternSource } from "../../privacy/pages.ts";
import { askedOf } from "../asked.ts";
import type { Locale } from "../builds.ts";
import { migrationOf } from "./migration.ts";
import { asksRegion, isOptOut, profilesOf } from "../profiles.ts";
import type { SiteConfig } from "../sites.ts";
import { tagOf } from "../tags.ts";
import { sweptStores } from "../vendor-stores.ts";

/** Installation settings that go into scripts. */
export interface Addresses {
  /** Base of every URL, without a trailing slash. */
  publicUrl: string;
  scripts: TagScripts & VendorEndpoints;
  /** There is no gateway at that address, but files: see files.ts. */
  files?: true;
}

/**
 * The tag's configuration: what a visitor who has decided needs, absent where it is the default.
 * @param texts of the interface, by language
 */
export function tagConfig(
  { site, hash, revision }: SiteConfig,
  { publicUrl, scripts, files }: Addresses,
  texts: Record<string, Locale>,
): TagConfig {
  const { cookie, validity, pages, banner } = site;
  const { purposes, services } = askedOf(site);
  const always = [...site.purposes, ...site.services]
    .map(({ id }) => id)
    .filter((id) => !purposes.includes(id) && !services.includes(id));
  const tagged = site.services.map((service) =>
    tagService(service, scripts, `${publicUrl}/t/${site.id}`),
  );
  const inEvery = <T>(textOf: (texts: Locale) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(texts).map(([language, each]) => [language, textOf(each)]));
  return {
    site: site.id,
    gateway: publicUrl,
    config: hash,
    revision,
    languages: site.languages,
    cookie: cookie.name,
    days: { grant: validity.grantDays, refusal: validity.refusalDays },
    asked: [...purposes, ...services],
    always,
    services: tagged,
    ...(tagged.some(({ vendor, mode }) => vendor === "ga4" && mode === "tag") && {
      consentMode: consentModeOf(site),
    }),
    ...(pages.exclude.length > 0 && { exclude: pagePatternSource(pages.exclude) }),
    ...(pages.mask.length > 0 && {
      mask: pages.mask.map((pattern): [string, string] => [
        pagePatternSource([pattern]),
        maskedPath(pattern),
      ]),
    }),
    ...(site.blocking === "auto" && { block: blockedBy(site) }),
    ...(banner.reopen !== "none" && {
      reopen: { side: banner.reopen, label: inEvery(({ tag }) => tag["reopen"] ?? "") },
    }),
    ...(!files &&
      cookie.keep !== "local" &&
      site.origins.includes(new URL(publicUrl).origin) && { renewal: true }),
    ...(cookie.keep !== "local" && cookie.domain !== undefined && { shared: cookie.domain }),
    ...migrationOf(site),
    ...(site.share && { share: site.share.origins }),
    ...tagProfiles(site, inEvery),
  };
}

/** Nothing where one profile asks everybody. */
function tagProfiles(
  site: Site,
  inEvery: (textOf: (texts: Locale) => [string, string]) => Record<string, [string, string]>,
): Pick<TagConfig, "profiles"> {
  const all = profilesOf(site);
  if (all.length === 1 && !isOptOut(site.jurisdiction)) return {};
  return {
    profiles: {
      own: site.jurisdiction,
      all,
      ...(asksRegion(site) && { region: true }),
      ...(all.includes("us") && {
        optOut: inEvery(({ tag, ui }) => [tag["optOut"] ?? "", ui["saved"] ?? ""]),
      }),
    },
  };
}

/** The recorder's configuration: what only a decision needs. */
export function recorderConfig(
  { site }: SiteConfig,
  { files }: Pick<Addresses, "files"> = {},
): RecorderConfig {
  const { domain, keep } = site.cookie;
  const swept = site.services.map((service) => [service.id, sweptStores(service)] as const);
  return {
    jurisdiction: site.jurisdiction,
    refusalId: !files && (site.refusal?.id ?? true),
    ...(files && { unrecorded: true }),
    ...(domain !== undefined && { domain }),
    ...(keep === "local" && { local: true }),
    stores: Object.fromEntries(swept.filter(([, stores]) => stores.length > 0)),
  };
}

/** By consent mode type, the purposes that grant it. */
function consentModeOf({ purposes }: Site): Record<ConsentModeType, string[]> {
  const granting = (type: ConsentModeType) =>
    purposes.filter(({ consentMode }) => consentMode.includes(type)).map(({ id }) => id);
  const types = consentModeType.options.map((type) => [type, granting(type)]);
  return Object.fromEntries(types);
}

/** What is held back for whom, an address before a shorter one that it begins with. */
function blockedBy(site: Site): [source: string, service: string][] {
  return (
    site.services
      // What loads before the choice by the owner's own wish waits for nothing.
      .filter(({ mode, settings }) => mode === "tag" && settings["consentMode"] !== "advanced")
      .flatMap(({ id, vendor }) => (tagOf(vendor)?.hosts ?? []).map((host) => ({ id, host })))
      .toSorted((one, other) => other.host.length - one.host.length)
      .map(({ id, host }) => {
        const literal = host.replace(/^\*\./, "").replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
        return [(host.startsWith("*.") ? String.raw`^([\w-]+\.)*` : "^") + literal, id];
      })
  );
}

/** What page code names the service's account by. */
const accountOf = ({ vendor, settings }: Service) =>
  vendor === "ga4"
    ? ga4Settings.parse(settings).measurementId
    : metrikaSettings.parse(settings).counter;

/** @param relay where a tag of profile `direct` sends its hits */
function tagService(service: Service, scripts: Addresses["scripts"], relay: string): TagService {
  const base = {
    id: service.id,
    ...(service.pages && { pages: pagePatternSource(service.pages) }),
  };
  if (service.mode === "gateway") {
    const query = service.profile === "balanced" && `[?&](${campaignParameters.join("|")})=[^&]+`;
    const calls = service.calls && accountOf(service);
    return {
      ...base,
      vendor: service.vendor,
      mode: "gateway",
      ...(query && { query }),
      ...(calls && { calls }),
    };
  }
  const form = tagOf(service.vendor)?.form({ service, scripts, relay });
  if (!form) return { ...base, mode: "tag", vendor: "page" };
  // Google's consent mode is ours to speak, whoever loads the tag.
  if (service.pasted && form.vendor !== "ga4") return { ...base, mode: "tag", vendor: "pasted" };
  return { ...base, mode: "tag", ...form };
}
