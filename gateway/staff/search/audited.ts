import type { Site } from "../../contract/site.ts";
import type { RecordFilter } from "../../contract/staff/search.ts";

/**
 * A filter as the audit trail keeps it: values of our own vocabulary and of the site's as they are. Of what
 * names a person, and of ids the site does not have now, which may be anything a client made up, only
 * that they were given.
 */
export function auditedFilter(
  filter: RecordFilter,
  site: Pick<Site, "purposes" | "services" | "languages">,
): Record<string, string | number | boolean> {
  const known: Record<string, string[]> = {
    consentId: [],
    record: [],
    purpose: site.purposes.map(({ id }) => id),
    service: site.services.map(({ id }) => id),
    language: site.languages,
  };
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined)
      kept[name] = (known[name]?.includes(String(value)) ?? true) ? value : true;
  return kept;
}
