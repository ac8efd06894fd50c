/** What asks the visitor again when it changes. */
import type { Site } from "../../contract/site.ts";
import { sha256 } from "./hashes.ts";
import { mayRun } from "../directory/jurisdictions.ts";
import { isOptOut, profilesOf } from "../profiles.ts";

/**
 * First 8 characters of a hash over what a visitor agreed to: which purposes on which basis; which
 * services run for them, in which mode and profile, who receives the data and where, what is kept in the
 * browser and for how long; the consent document; the controller; the jurisdiction.
 *
 * Of the profiles of other regions those that ask count; one under which nothing is asked takes nothing back
 * from those who were. Which countries they are for is no part of it: nobody agreed to a list of countries.
 *
 * The look, the wording of names and descriptions, languages, pages and the order of lists are not part of
 * it: a purpose that comes to mean something else is another purpose and gets another id.
 * @param site as published
 * @param consentHash over the consent document in all its languages
 */
export function revisionOf(site: Site, consentHash: string): string {
  return sha256(JSON.stringify(agreedTo(site, consentHash))).slice(0, 8);
}

/** Why visitors are asked again: what of their agreement is another one now. */
export interface Reason {
  about: "jurisdiction" | "controller" | "consent" | "purpose" | "service";
  /** Of the purpose or the service. */
  id: string | null;
}

/** @returns nothing exactly when {@link revisionOf} gives the same for both */
export function reasonsToAsk(
  before: { site: Site; consent: string },
  after: { site: Site; consent: string },
): Reason[] {
  const [old, current] = [
    agreedTo(before.site, before.consent),
    agreedTo(after.site, after.consent),
  ];
  const text = (agreed: typeof old, about: "jurisdiction" | "controller" | "consent") =>
    JSON.stringify([agreed[about], about === "jurisdiction" && agreed.others]);
  const whole = (["jurisdiction", "controller", "consent"] as const)
    .filter((about) => text(old, about) !== text(current, about))
    .map((about) => ({ about, id: null }));
  const listed = (about: "purpose" | "service", one: Listed[], other: Listed[]) =>
    differing(one, other).map((id) => ({ about, id }));
  return [
    ...whole,
    ...listed("purpose", old.purposes, current.purposes),
    ...listed("service", old.services, current.services),
  ];
}

type Listed = [id: string, ...unknown[]];

/** Ids of entries that are not the same in both lists. */
function differing(one: Listed[], other: Listed[]): string[] {
  const texts = (list: Listed[]) => new Map(list.map((entry) => [entry[0], JSON.stringify(entry)]));
  const [left, right] = [texts(one), texts(other)];
  return [...new Set([...left.keys(), ...right.keys()])].filter(
    (id) => left.get(id) !== right.get(id),
  );
}

function agreedTo(site: Site, consentHash: string) {
  const others = profilesOf(site).filter(
    (profile) => profile !== site.jurisdiction && !isOptOut(profile),
  );
  return {
    jurisdiction: site.jurisdiction,
    // Absent where there is none, as it was before there could be any.
    ...(others.length > 0 && { others }),
    controller: [site.controller.name, site.controller.registration ?? ""],
    consent: consentHash,
    purposes: site.purposes
      .map(({ id, essential, basis, consentMode }): Listed => [
        id,
        essential,
        basis,
        [...new Set(consentMode)].toSorted(),
      ])
      .toSorted(byText),
    services: site.services
      .filter((service) => mayRun(site, service))
      .map(({ id, purpose, vendor, mode, profile, recipient, stores, settings }): Listed => [
        id,
        purpose,
        vendor,
        mode,
        profile ?? "none",
        [recipient.name, recipient.country, recipient.crossBorder],
        stores.map(({ kind, name, days }) => [kind, name, days]).toSorted(byText),
        // Absent where nothing is sent before the choice, as it always was.
        ...(settings["consentMode"] === "advanced" ? ["advanced"] : []),
      ])
      .toSorted(byText),
  };
}

/** Any order will do, as long as it does not depend on how the owner ordered the list. */
function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : Number(left > right);
}
