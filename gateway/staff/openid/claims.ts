/** What a provider says of a person, reduced to what is kept: who they are there, and which role is theirs. */
import type { OpenIdSettings } from "./settings.ts";

/** Claims of an ID token or of the UserInfo answer. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The values of a claim.
 * @param path its name (`groups`, also one with dots in it, such as a URL), or names joined by dots
 *   (`realm_access.roles`)
 * @returns texts alone; null when there is no such claim
 */
export function claimValues(claims: Claims, path: string): string[] | null {
  const found = Object.hasOwn(claims, path) ? claims[path] : inside(claims, path.split("."));
  if (found === undefined || found === null) return null;
  return (Array.isArray(found) ? found : [found]).filter((value) => typeof value === "string");
}

function inside(claims: unknown, names: string[]): unknown {
  let at = claims;
  for (const name of names) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Claims)[name];
  }
  return at;
}

/** The value of the first entry of the roles that is among a person's; null: no access. */
export function entitlementOf(claims: Claims, settings: OpenIdSettings): string | null {
  const values = new Set(claimValues(claims, settings.claim));
  return settings.roles.find(({ value }) => values.has(value))?.value ?? null;
}

/** Whether claims hold more than a number for a person. */
export const hasName = (claims: Claims): boolean =>
  claims["email"] !== undefined || claims["preferred_username"] !== undefined;

/** Longest name kept, characters. */
const longest = 100;

/**
 * What colleagues recognise a person by in the audit trail: the e-mail address unless the provider
 * says that nobody checked it, else the user name, else the subject.
 */
export function labelOf(claims: Claims, subject: string): string {
  const given =
    claims["email_verified"] === false
      ? [claims["preferred_username"]]
      : [claims["email"], claims["preferred_username"]];
  const label = given.find((text) => typeof text === "string" && text.trim() !== "");
  // Control characters could rearrange a terminal or a line of text.
  return String(label ?? subject)
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .slice(0, longest);
}
