/** What a decision may say under the configuration it names, and what may be kept of where it was made. */
import type { DecisionBody } from "../contract/decision.ts";
import type { Issue } from "../contract/errors.ts";
import type { Site } from "../contract/site.ts";
import { profilesOf } from "./profiles.ts";
import { cleanPage, pageRules, type PageRules } from "../privacy/url.ts";

/** Whether a decision grants anything: grants and refusals are valid for different times. */
export const grantsAnything = (body: Pick<DecisionBody, "purposes" | "services">): boolean =>
  [...Object.values(body.services), ...Object.values(body.purposes)].includes("granted");

/**
 * Where a decision and the configuration it names disagree. Every purpose that is asked for and every
 * service must have its state, nothing else may, and what is accepted must be named.
 * @returns schema paths; only names of the site are repeated, never names of the request
 */
export function mismatches(body: DecisionBody, site: Site): Issue[] {
  const asked = site.purposes.filter((purpose) => !purpose.essential).map(({ id }) => id);
  const services = site.services.map(({ id }) => id);
  return [
    ...sameKeys("purposes", Object.keys(body.purposes), asked),
    ...sameKeys("services", Object.keys(body.services), services),
    ...contradictions(body, site),
  ];
}

function contradictions(body: DecisionBody, site: Site): Issue[] {
  const issues: Issue[] = [];
  const granted = grantsAnything(body);
  for (const { id, purpose } of site.services)
    if (body.services[id] === "granted" && body.purposes[purpose] !== "granted")
      issues.push({ path: `services.${id}`, message: "is granted although its purpose is not" });
  if (!site.languages.includes(body.language))
    issues.push({ path: "language", message: "is not a language of this site" });
  if (granted && (refusingControls.has(body.control) || body.action === "withdraw"))
    issues.push({ path: "control", message: "a refusal or withdrawal grants nothing" });
  if (!granted && body.control === "accept-all")
    issues.push({ path: "control", message: "accepting everything grants something" });
  if (!granted && body.documents.length > 0)
    issues.push({ path: "documents", message: "a decision that grants nothing accepts nothing" });
  const profile = body.jurisdiction?.profile ?? site.jurisdiction;
  if (!profilesOf(site).includes(profile))
    issues.push({ path: "jurisdiction.profile", message: "is not a profile of this site" });
  if (granted && profile === "ru" && !body.documents.includes("consent"))
    issues.push({
      path: "documents",
      message: "under this profile a grant names the consent document it accepts",
    });
  return issues;
}

const refusingControls = new Set(["refuse-all", "withdraw"]);

function sameKeys(path: string, given: string[], expected: string[]): Issue[] {
  const missing = expected.filter((key) => !given.includes(key));
  const unknown = given.filter((key) => !expected.includes(key));
  return [
    ...missing.map((key) => ({
      path: `${path}.${key}`,
      message: "has no state; say granted, denied or not-asked",
    })),
    ...(unknown.length > 0
      ? [{ path, message: `has ${unknown.length} that this site does not know` }]
      : []),
  ];
}

/** What a page is called that nothing may be said about. */
const unnamed = "/masked";

/**
 * The page a decision was made on, as the sealed half may keep it: cleaned, masked, and nameless where
 * the site excludes it. Visitors' programs send what they like, so nothing is taken as it came.
 * @param origin one of the site's origins
 */
export function recordedPage(site: Site, origin: string, page: string): string {
  const cleaned = cleanPage(origin + page, rulesOf(site));
  return cleaned.kind === "page" ? cleaned.path : unnamed;
}

/** Published sites are immutable, so their rules are compiled once. */
const compiled = new WeakMap<Site, PageRules>();

function rulesOf(site: Site): PageRules {
  const rules = compiled.get(site) ?? pageRules(site.origins, site.pages);
  compiled.set(site, rules);
  return rules;
}
