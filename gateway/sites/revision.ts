/** What asks the visitor again when it changes. */
import type { Site } from "../contract/site.ts";
import { sha256 } from "./hashes.ts";
import { mayRun } from "./directory/jurisdictions.ts";

/**
 * First 8 characters of a hash over what a visitor agreed to: which purposes on which basis; which
 * services run for them, in which mode and profile, who receives the data and where, what is kept in the
 * browser and for how long; the consent document; the controller; the jurisdiction.
 *
 * The look, the wording of names and descriptions, languages, pages and the order of lists are not part of
 * it: a purpose that comes to mean something else is another purpose and gets another id.
 * @param site as published
 * @param consentHash over the consent document in all its languages
 */
export function revisionOf(site: Site, consentHash: string): string {
  const agreed = {
    jurisdiction: site.jurisdiction,
    controller: [site.controller.name, site.controller.registration ?? ""],
    consent: consentHash,
    purposes: site.purposes
      .map(({ id, essential, basis, consentMode }) => [
        id,
        essential,
        basis,
        [...new Set(consentMode)].toSorted(),
      ])
      .toSorted(byText),
    services: site.services
      .filter((service) => mayRun(site, service))
      .map(({ id, purpose, vendor, mode, profile, recipient, stores }) => [
        id,
        purpose,
        vendor,
        mode,
        profile ?? "none",
        [recipient.name, recipient.country, recipient.crossBorder],
        stores.map(({ kind, name, days }) => [kind, name, days]).toSorted(byText),
      ])
      .toSorted(byText),
  };
  return sha256(JSON.stringify(agreed)).slice(0, 8);
}

/** Any order will do, as long as it does not depend on how the owner ordered the list. */
function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : Number(left > right);
}
