/** Records by when they lapse, the soonest first. */
import type { RecordFilter } from "../../contract/staff/search.ts";
import type { StoredRecord } from "../../log/reader.ts";
import { kindCondition } from "./matches.ts";
import type { Found, Page, SearchDeps } from "./page.ts";
import { searchedLogs, indexRange } from "./site-logs.ts";
import { soonestOfKinds, type LapsePlace } from "./soonest-lapse.ts";

/** Whether a filter asks for what lapses when. */
export const lapses = ({ untilFrom, untilTo }: RecordFilter) =>
  untilFrom !== undefined || untilTo !== undefined;

export async function findLapsing(
  { storage, records }: SearchDeps,
  site: string,
  filter: RecordFilter,
  { limit, after }: Page,
): Promise<Omit<Found, "unindexed">> {
  const { untilFrom = 0, untilTo = Number.MAX_SAFE_INTEGER } = filter;
  const db = storage.main.read;
  const start = after?.until === undefined ? null : { ...after, until: after.until };
  const places: LapsePlace[] = [];
  const condition = await kindCondition(db, site, filter);
  for (const log of await searchedLogs(db, site)) {
    const within = await indexRange(db, log, filter);
    const range = { from: untilFrom, to: untilTo, within, after: start };
    places.push(
      ...(await soonestOfKinds(db, storage.main.engine, log.id, condition, range, limit + 1)),
    );
  }
  const inOrder = places.toSorted(
    (a, b) => a.until - b.until || a.log - b.log || a.index - b.index,
  );
  const page = inOrder.slice(0, limit);
  const read = new Map<string, StoredRecord>();
  for (const [log, of] of Map.groupBy(page, (place) => place.log))
    for (const record of await records.at(
      log,
      of.map(({ index }) => index),
    ))
      read.set(`${log} ${record.index}`, record);
  const last = page.at(-1);
  return {
    records: page.flatMap(({ log, index }) => read.get(`${log} ${index}`) ?? []),
    order: "lapse",
    next: last && inOrder.length > limit ? last : null,
    total: null,
  };
}
