/** Rules inside site.json that look across its fields: names, languages, origins and what they refer to. */
import { parse } from "tldts";
import { checkMigration } from "./migration.ts";
import { pagesOverlap } from "./overlap.ts";
import type { SiteParts } from "./parts.ts";
import { checkSharing } from "./sharing.ts";

/** Reports one problem of site.json. */
export type Add = (field: string, message: string) => void;

export function checkReferences(parts: SiteParts, add: Add): void {
  checkUnique(parts, add);
  checkPurposes(parts, add);
  checkLanguages(parts, add);
  checkOrigins(parts, add);
  checkStores(parts, add);
  checkCookie(parts, add);
  checkCounting(parts, add);
  checkCalls(parts, add);
  checkPasted(parts, add);
  checkAdvanced(parts, add);
  checkRetention(parts, add);
  checkSharing(parts, add);
  checkMigration(parts, add);
}

function checkUnique(parts: SiteParts, add: Add): void {
  const lists: [field: (index: number) => string, { index: number; key: string }[]][] = [
    [
      (index) => `purposes.${index}.id`,
      parts.purposes.map(({ index, id }) => ({ index, key: id })),
    ],
    [
      (index) => `services.${index}.id`,
      parts.serviceIds.map(({ index, id }) => ({ index, key: id })),
    ],
    [
      (index) => `languages.${index}`,
      parts.languages.map(({ index, value }) => ({ index, key: value.toLowerCase() })),
    ],
    [
      (index) => `origins.${index}`,
      parts.origins.map(({ index, value }) => ({ index, key: value })),
    ],
  ];
  for (const [field, entries] of lists)
    for (const index of repeated(entries))
      add(field(index), "stands in the list twice; remove or rename one");
  const purposes = new Set(parts.purposes.map(({ id }) => id));
  for (const { index, id } of parts.serviceIds)
    if (purposes.has(id))
      add(`services.${index}.id`, "is the id of a purpose too; pages name both in data-consent");
}

function repeated(entries: { index: number; key: string }[]): number[] {
  const seen = new Set<string>();
  return entries.filter(({ key }) => seen.size === seen.add(key).size).map(({ index }) => index);
}

function checkPurposes(parts: SiteParts, add: Add): void {
  const purposes = new Map(parts.purposes.map((purpose) => [purpose.id, purpose]));
  for (const { index, essential, basis } of parts.purposes)
    if (essential && basis === "consent")
      add(
        `purposes.${index}.basis`,
        'cannot be "consent" for an essential purpose, which is never asked for; name its real basis or remove "essential"',
      );
  for (const { index, service } of parts.services) {
    const purpose = purposes.get(service.purpose);
    if (!purpose)
      add(`services.${index}.purpose`, "is not the id of a purpose; add the purpose or correct it");
    else if (purpose.essential)
      add(
        `services.${index}.purpose`,
        "is an essential purpose, and an analytics service is never essential; give it a purpose that is asked for",
      );
  }
}

function checkLanguages(parts: SiteParts, add: Add): void {
  const languages = parts.languages.map(({ value }) => value);
  for (const { field, languages: present } of parts.localized) {
    for (const language of languages)
      if (!present.includes(language))
        add(
          `${field}.${language}`,
          "is missing: every text is needed in every language of the site",
        );
    if (languages.length > 0 && present.some((language) => !languages.includes(language)))
      add(field, 'has a language that is not in "languages"; add it there or remove the text');
  }
}

function checkOrigins(parts: SiteParts, add: Add): void {
  const domain = parts.cookie?.domain;
  for (const { index, value } of parts.origins) {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url?.origin !== value)
      add(
        `origins.${index}`,
        "is not written as browsers send it: no default port, a valid host name, punycode for other scripts",
      );
    else if (
      domain !== undefined &&
      url.hostname !== domain &&
      !url.hostname.endsWith(`.${domain}`)
    )
      add(
        "cookie.domain",
        `does not cover origins.${index}; name the domain all origins share, or remove cookie.domain`,
      );
  }
  if (domain !== undefined && parse(domain, { allowPrivateDomains: true }).domain === null)
    add(
      "cookie.domain",
      "is no registrable domain, so browsers refuse its cookie; write it without a leading dot, as example.com",
    );
}

function checkStores(parts: SiteParts, add: Add): void {
  for (const { index, service } of parts.services) {
    const entries = service.stores.map(({ kind, name }, at) => ({
      index: at,
      key: `${kind} ${name}`,
    }));
    for (const at of repeated(entries))
      add(`services.${index}.stores.${at}.name`, "stands in the list twice; remove one");
    for (const [at, { name }] of service.stores.entries())
      if (ours(parts).some((own) => covers(name, own)))
        add(
          `services.${index}.stores.${at}.name`,
          "covers what the visitor's own choice is kept under, which a refusal would then remove",
        );
  }
}

/** The consent cookie, and the prefix of the widget's own storage. */
const ours = ({ cookie }: SiteParts) => [cookie?.name ?? "soglas", "soglas."];

const covers = (pattern: string, name: string) =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Names that vendors' own scripts use, and a withdrawal therefore sweeps. */
const vendorNames = /^(_ga|_gid|_gat|_ym|metrika_)/;

function checkCookie({ cookie }: SiteParts, add: Add): void {
  if (cookie && vendorNames.test(cookie.name))
    add("cookie.name", "is a name vendors use, which a withdrawal removes; choose another");
  if (cookie?.keep === "local" && cookie.domain !== undefined)
    add(
      "cookie.domain",
      'shares a cookie, and with cookie.keep "local" there is none: local storage ends at the origin; remove one of the two',
    );
  if (cookie?.name.startsWith("__"))
    add(
      "cookie.name",
      "has a prefix that browsers keep for cookies without a domain; choose another",
    );
}

/** One account fed twice from one page counts every visit twice. */
function checkCounting(parts: SiteParts, add: Add): void {
  parts.services.forEach(({ index, service, account }, at) => {
    const earlier = parts.services
      .slice(0, at)
      .find(
        (other) => other.account === account && pagesOverlap(other.service.pages, service.pages),
      );
    if (earlier)
      add(
        `services.${index}.pages`,
        `overlaps services.${earlier.index}, which feeds the same account: visits would count twice; give them different pages or accounts`,
      );
  });
}

/** Vendors whose own functions page code calls. */
const callable = new Set(["ga4", "metrika"]);

function checkCalls({ services }: SiteParts, add: Add): void {
  for (const { index, service } of services)
    if (service.calls && (service.mode !== "gateway" || !callable.has(service.vendor)))
      add(
        `services.${index}.calls`,
        'is for "ga4" and "metrika" in mode "gateway", where no script of the vendor takes the calls; remove it',
      );
}

function checkPasted({ services }: SiteParts, add: Add): void {
  for (const { index, service } of services)
    if (service.pasted && (service.mode !== "tag" || service.profile === "direct"))
      add(
        `services.${index}.pasted`,
        'is for mode "tag" without a profile: the gateway neither sends for nor sets up a snippet of the page; remove it',
      );
}

/**
 * Google's advanced consent mode sends before the visitor has chosen: only where nobody was promised that
 * nothing is, and from every page alike, since the tag tells Google where the visitor is.
 */
function checkAdvanced(parts: SiteParts, add: Add): void {
  const { services, jurisdiction, jurisdictions, pages } = parts;
  const rules = !!pages && pages.exclude.length + pages.mask.length > 0;
  for (const { index, service } of services) {
    if (service.settings["consentMode"] !== "advanced") continue;
    const field = `services.${index}.settings.consentMode`;
    const refuse = (reason: string) =>
      add(
        field,
        `cannot be "advanced", which sends to Google before the visitor has chosen: ${reason}`,
      );
    if (jurisdiction === "ru" || jurisdictions?.ru)
      refuse('under "ru" no foreign host collects from the page');
    if (service.mode === "gateway")
      refuse('mode "gateway" promises that the page meets no vendor host; use mode "tag"');
    if (service.profile === "direct")
      refuse('profile "direct" sends nothing without the token of a decision; remove the profile');
    if (service.pasted) refuse("the page loads this one, as its snippet says; remove pasted");
    if (rules || service.pages)
      refuse("the site has pages that Google must not learn of; remove the rules for pages");
  }
}

/** The proof of a choice must not go before the choice itself. */
function checkRetention({ validity, retention }: SiteParts, add: Add): void {
  if (validity && retention && retention.days < Math.max(validity.grantDays, validity.refusalDays))
    add(
      "retention.days",
      "is shorter than a choice is valid; keep records at least as long as validity.grantDays and validity.refusalDays",
    );
}
