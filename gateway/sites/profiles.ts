/** Which jurisdiction profile is in force for a visitor, and which a site has at all. */
import type { Jurisdiction, Site } from "../contract/site.ts";

/** Strictest first: who is nowhere known is asked as the strictest of the site's profiles asks. */
const strictness: readonly Jurisdiction[] = ["ru", "eu", "us", "none"];

/** Profiles under which services run until the visitor opts out: departures, each by name. */
export type OptOutProfile = Extract<Jurisdiction, "us" | "none">;

export const isOptOut = (profile: Jurisdiction): profile is OptOutProfile =>
  profile === "us" || profile === "none";

type Profiles = Pick<Site, "jurisdiction" | "jurisdictions">;

/** Every profile of a site, strictest first. */
export const profilesOf = ({ jurisdiction, jurisdictions = {} }: Profiles): Jurisdiction[] =>
  strictness.filter((profile) => profile === jurisdiction || jurisdictions[profile] !== undefined);

/** Whether the country decides. */
export const asksRegion = ({ jurisdictions = {} }: Profiles): boolean =>
  Object.values(jurisdictions).some((countries) => countries.length > 0);

/**
 * @param country ISO 3166-1 alpha-2, or null where it is not known: the strictest profile of the site then
 */
export function profileIn(site: Profiles, country: string | null): Jurisdiction {
  if (!asksRegion(site)) return site.jurisdiction;
  if (country === null) return profilesOf(site)[0]!;
  const { jurisdiction, jurisdictions = {} } = site;
  return strictness.find((profile) => jurisdictions[profile]?.includes(country)) ?? jurisdiction;
}
