/** What a jurisdiction profile allows, and what follows from it for a published site. */
import type { Jurisdiction, Service, Site } from "../../contract/site.ts";
import { isOptOut, profilesOf } from "../profiles.ts";
import { tagOf } from "../tags.ts";
import type { SiteParts } from "./parts.ts";
import type { Add } from "./references.ts";

/** Where the hosts are that a page in tag mode asks. */
const hostCountry = ({ vendor, recipient }: Service) => tagOf(vendor)?.country ?? recipient.country;

/** The European Economic Area: inside it, chapter V of the GDPR sees no transfer to a third country. */
const economicArea = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SK SI ES SE".split(
    " ",
  ),
);

/** What every profile of a site demands, its own and those of other regions. */
export function checkJurisdiction(parts: SiteParts, add: Add): void {
  const profiles = parts.jurisdiction
    ? profilesOf({ ...parts, jurisdiction: parts.jurisdiction })
    : [];
  checkRegions(parts, add);
  checkOptOut(parts, profiles, add);
  for (const { index, service } of parts.services) {
    const field = `services.${index}`;
    checkProfile(service, field, add);
    if (service.recipient.attested && !service.recipient.crossBorder)
      add(
        `${field}.recipient.attested`,
        "attests the notification of a transfer abroad; it needs crossBorder: true, or must go",
      );
    if (profiles.includes("ru")) checkRussia(service, field, add);
    if (profiles.includes("eu") && !profiles.includes("ru")) checkEurope(service, field, add);
  }
}

function checkRegions({ jurisdiction, jurisdictions = {} }: SiteParts, add: Add): void {
  const taken = new Set<string>();
  for (const [profile, countries] of Object.entries(jurisdictions)) {
    if (profile === jurisdiction)
      add(
        `jurisdictions.${profile}`,
        'is what "jurisdiction" says already, for every country that no other profile has; remove it here',
      );
    for (const [index, country] of countries.entries()) {
      if (taken.has(country))
        add(
          `jurisdictions.${profile}.${index}`,
          "is a country that stands here already; remove one",
        );
      taken.add(country);
    }
  }
}

/** Days for which an opt-out must be honoured before the visitor may be asked (Cal. Civ. Code § 1798.135(c)(4)). */
const optOutDays = 365;

function checkOptOut({ validity }: SiteParts, profiles: Jurisdiction[], add: Add): void {
  if (validity && profiles.some(isOptOut) && validity.refusalDays < optOutDays)
    add(
      "validity.refusalDays",
      `is how long an opt-out holds; under "us" and "none" it must be ${optOutDays} or more, since everything runs again after it`,
    );
}

function checkProfile({ mode, profile, vendor }: Service, field: string, add: Add): void {
  if (mode === "tag" && (profile === "strict" || profile === "balanced"))
    add(
      `${field}.profile`,
      'promises that the page meets no vendor host, which mode "tag" cannot keep; remove the profile or use mode "gateway"',
    );
  if (mode === "gateway" && profile === "none")
    add(
      `${field}.profile`,
      'must be "strict" or "balanced": mode "gateway" never sends events as they are',
    );
  if (mode === "gateway" && profile === "direct")
    add(
      `${field}.profile`,
      'says that the page loads the vendor\'s own script (a departure from C8 and R2), which mode "gateway" never does; use mode "tag", or "strict" or "balanced"',
    );
  if (mode === "tag" && profile === "direct" && vendor !== "ga4")
    add(
      `${field}.profile`,
      'is offered for "ga4" alone: no other vendor\'s script can be told to send its hits to the gateway',
    );
}

/** 152-FZ: no foreign host collects from the page (art. 18(5)), transfers abroad are notified (art. 12). */
function checkRussia(service: Service, field: string, add: Add): void {
  if (service.mode === "tag" && hostCountry(service) !== "RU")
    add(
      `${field}.mode`,
      'is refused under "ru": the page would load what this vendor serves from a foreign host; use mode "gateway", where it has one, or remove the service',
    );
  const abroad = service.recipient.country !== "RU";
  if (abroad && !service.recipient.crossBorder)
    add(
      `${field}.recipient.crossBorder`,
      'must be true: under "ru" a recipient outside Russia is a transfer abroad',
    );
  if (!abroad && service.recipient.crossBorder)
    add(
      `${field}.recipient.crossBorder`,
      'must be false: under "ru" a recipient in Russia is no transfer abroad',
    );
}

function checkEurope(service: Service, field: string, add: Add): void {
  if (!economicArea.has(service.recipient.country) && !service.recipient.crossBorder)
    add(
      `${field}.recipient.crossBorder`,
      'must be true: under "eu" a recipient outside the European Economic Area is a transfer to a third country',
    );
}

/**
 * The site with what its jurisdiction decides filled in: gateway services are `strict` unless they say
 * otherwise, and a full refusal leaves no id in the browser under `eu`.
 */
export function settled(site: Site): Site {
  return {
    ...site,
    services: site.services.map((service) =>
      service.mode === "gateway" && service.profile === undefined
        ? { ...service, profile: "strict" as const }
        : service,
    ),
    refusal: site.refusal ?? { id: site.jurisdiction !== "eu" },
  };
}

/** 152-FZ art. 12: under `ru` a destination abroad stays off until its notification is attested. */
export function mayRun(site: Site, service: Service): boolean {
  const { crossBorder, attested } = service.recipient;
  return !profilesOf(site).includes("ru") || !crossBorder || attested;
}

/** The site with the services that may run, as pages are shown it. */
export const withWhatMayRun = (site: Site): Site => ({
  ...site,
  services: site.services.filter((service) => mayRun(site, service)),
});
