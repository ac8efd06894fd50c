/** Sites as staff see them in a list. */
import type { SiteSummary } from "../contract/staff/staff.ts";
import type { Sites } from "../sites/sites.ts";

/** Every published site with its configuration in effect, by id. */
export async function staffSites(sites: Sites): Promise<SiteSummary[]> {
  const published = await sites.list();
  return published
    .map(({ id, config }) => ({
      id,
      name: config.site.name,
      jurisdiction: config.site.jurisdiction,
      languages: config.site.languages,
      origins: config.site.origins,
      config: config.hash,
      version: config.version,
      effectiveAt: Math.floor(config.effectiveAt / 1000),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
