import type { RecordFilter } from "../../contract/staff-search.ts";

/**
 * A filter as the audit trail keeps it: every value is of our own vocabulary but the two that may be
 * anything a client made up, or that name a person; of these only that they were given.
 */
export function auditedFilter({ consentId, record, ...filter }: RecordFilter) {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as Record<string, string | number>),
    ...(consentId !== undefined && { consentId: true }),
    ...(record !== undefined && { record: true }),
  };
}
