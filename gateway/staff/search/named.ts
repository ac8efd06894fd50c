/** Records of one visitor, or the one of an id. */
import type { RecordFilter } from "../../contract/staff/search.ts";
import { parseConsentId } from "../../log/consent-id.ts";
import type { StoredRecord } from "../../log/reader.ts";
import { kindMatcher } from "./matches.ts";
import type { Found, Page, SearchDeps } from "./page.ts";

/** Whether a filter names a visitor or a record. */
export const isNamed = ({ consentId, record }: RecordFilter) =>
  consentId !== undefined || record !== undefined;

/** They are few: read, and then filtered. */
export async function findNamed(
  { storage, records }: SearchDeps,
  site: string,
  filter: RecordFilter,
  { limit, after }: Page,
): Promise<Omit<Found, "unindexed">> {
  const named = await readNamed(records, site, filter);
  const matches = await kindMatcher(storage.main.read, site, filter);
  const { from = 0, to = Infinity, untilFrom = 0, untilTo = Infinity } = filter;
  const found = named
    .filter(({ time }) => time >= from && time < to)
    .filter(({ decision }) => decision.until >= untilFrom && decision.until < untilTo)
    .filter(({ decision }) => matches(decision))
    .toSorted((a, b) => b.log - a.log || b.index - a.index);
  const left = found.filter(
    ({ log, index }) => !after || log < after.log || (log === after.log && index < after.index),
  );
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    records: page,
    order: "newest",
    next: last && left.length > limit ? { log: last.log, index: last.index } : null,
    total: found.length,
  };
}

async function readNamed(
  records: SearchDeps["records"],
  site: string,
  { record: id, consentId }: RecordFilter,
): Promise<StoredRecord[]> {
  const one = id === undefined ? null : await records.record(site, id);
  if (consentId === undefined) return one ? [one] : [];
  const parsed = parseConsentId(consentId);
  const subject = parsed && (await records.subjectOfConsentId(site, parsed));
  const history = subject ? await records.history(subject) : [];
  return id === undefined ? history : history.filter(({ recordId }) => recordId === id);
}
