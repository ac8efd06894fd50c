/**
 * Search of one site's records. Filters on what was decided are tried on kinds of decisions, of which
 * there are few; then the index says where records of these kinds stand. Leaf times never decrease along
 * a log, so a time range is a range of indexes.
 */
import type { RecordFilter } from "../../contract/staff-search.ts";
import { parseConsentId } from "../../log/consent-id.ts";
import { firstSince } from "../../log/first-since.ts";
import type { Cursor, LogReader, StoredRecord } from "../../log/reader.ts";
import type { Storage } from "../../storage/storage.ts";
import { kindCondition, kindMatcher, type KindCondition } from "./matches.ts";
import { newestOfKinds, type Range } from "./newest-first.ts";
import { soonestOfKinds, type LapsePlace } from "./soonest-lapse.ts";

/** Place of the last record of the page before; `until` in order of lapse only. */
export type Place = Cursor & { until?: number };

export interface Page {
  limit: number;
  after?: Place;
}

export interface Found {
  records: StoredRecord[];
  /** `lapse`: the soonest first; otherwise the newest first. */
  order: "newest" | "lapse";
  /** Where a further page begins, or null at the end. */
  next: Place | null;
  /** How many there are in all, where the index knows without counting. */
  total: number | null;
  /** Entries of the site's logs that the index has not seen yet. */
  unindexed: number;
}

export interface Search {
  find(site: string, filter: RecordFilter, page: Page): Promise<Found>;
  /** What a filter means in each log, the oldest first; for whoever reads it all. */
  meant(site: string, filter: RecordFilter): Promise<Meant[]>;
}

/** What a filter means in one log. */
export interface Meant {
  log: number;
  range: Range;
  condition: KindCondition;
  /** Records named one by one; null: none was named. */
  indexes: number[] | null;
  /** Every record of the range is meant. */
  isWhole: boolean;
}

export interface SearchDeps {
  storage: Pick<Storage, "main">;
  records: Pick<LogReader, "record" | "history" | "at" | "subjectOfConsentId">;
}

interface SiteLog {
  id: number;
  next: number;
  indexed: number;
}

export function openSearch({ storage, records }: SearchDeps): Search {
  const db = storage.main.read;

  async function logsOf(site: string): Promise<SiteLog[]> {
    const rows = await db
      .selectFrom("logs")
      .leftJoin("indexed_logs", "indexed_logs.log", "logs.id")
      .select(["logs.id", "logs.next", "indexed_logs.size"])
      .where("logs.site", "=", site)
      .where("logs.dropped_at", "is", null)
      .orderBy("logs.id", "desc")
      .execute();
    return rows.map(({ id, next, size }) => ({ id, next, indexed: size ?? 0 }));
  }

  async function rangeOf({ id, next }: SiteLog, { from, to }: RecordFilter): Promise<Range> {
    return {
      from: from === undefined ? 0 : await firstSince(db, id, next, from),
      to: to === undefined ? next : await firstSince(db, id, next, to),
    };
  }

  async function meant(site: string, filter: RecordFilter, logs: SiteLog[]): Promise<Meant[]> {
    const all: Meant[] = [];
    const condition = await kindCondition(db, site, filter);
    for (const log of logs)
      all.push({
        log: log.id,
        range: await rangeOf(log, filter),
        condition,
        indexes: null,
        isWhole: condition === null && !isNamed(filter) && !lapses(filter),
      });
    return all;
  }

  /** The newest of a log whatever they decided. */
  async function newest(log: number, { from, to }: Range, limit: number): Promise<number[]> {
    const rows = await db
      .selectFrom("records")
      .select("idx")
      .where("log", "=", log)
      .where("idx", ">=", from)
      .where("idx", "<", to)
      .orderBy("idx", "desc")
      .limit(limit)
      .execute();
    return rows.map(({ idx }) => idx);
  }

  async function findNewest(
    site: string,
    filter: RecordFilter,
    { limit, after }: Page,
  ): Promise<Omit<Found, "unindexed">> {
    const logs = await logsOf(site);
    const left = logs.filter(({ id }) => after === undefined || id <= after.log);
    const found: StoredRecord[] = [];
    for (const { log, range, condition } of await meant(site, filter, left)) {
      const wanted = limit + 1 - found.length;
      if (wanted <= 0) break;
      const to = after?.log === log ? Math.min(range.to, after.index) : range.to;
      const within = { from: range.from, to };
      const indexes = await (condition === null
        ? newest(log, within, wanted)
        : newestOfKinds(db, log, condition, within, wanted));
      const read = await records.at(log, indexes);
      found.push(...read.toSorted((a, b) => b.index - a.index));
    }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      records: page,
      order: "newest",
      next: last && found.length > limit ? { log: last.log, index: last.index } : null,
      total: await totalOf(site, filter, logs),
    };
  }

  /** Known without counting when nothing but kinds is asked for. */
  async function totalOf(
    site: string,
    filter: RecordFilter,
    logs: SiteLog[],
  ): Promise<number | null> {
    if (filter.from !== undefined || filter.to !== undefined) return null;
    const condition = await kindCondition(db, site, filter);
    const ids = logs.map(({ id }) => id);
    if (ids.length === 0) return 0;
    const { total } = await db
      .selectFrom("record_kinds as kind")
      .select(({ fn }) => fn.sum<number | null>("kind.records").as("total"))
      .where("kind.log", "in", ids)
      .$if(condition !== null, (query) => query.where(condition!))
      .executeTakeFirstOrThrow();
    return Number(total ?? 0);
  }

  async function findLapsing(
    site: string,
    filter: RecordFilter,
    { limit, after }: Page,
  ): Promise<Omit<Found, "unindexed">> {
    const { untilFrom = 0, untilTo = Number.MAX_SAFE_INTEGER } = filter;
    const start = after?.until === undefined ? null : { ...after, until: after.until };
    const places: LapsePlace[] = [];
    const condition = await kindCondition(db, site, filter);
    for (const log of await logsOf(site)) {
      const within = await rangeOf(log, filter);
      const range = { from: untilFrom, to: untilTo, within, after: start };
      places.push(...(await soonestOfKinds(db, log.id, condition, range, limit + 1)));
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

  /** The few records of one visitor, or the one of an id: read, and then filtered. */
  async function findNamed(
    site: string,
    filter: RecordFilter,
    { limit, after }: Page,
  ): Promise<Omit<Found, "unindexed">> {
    const named = await readNamed(site, filter);
    const matches = await kindMatcher(db, site, filter);
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

  return {
    async find(site, filter, page) {
      const logs = await logsOf(site);
      const unindexed = logs.reduce((sum, { next, indexed }) => sum + next - indexed, 0);
      const find = isNamed(filter) ? findNamed : lapses(filter) ? findLapsing : findNewest;
      return { ...(await find(site, filter, page)), unindexed };
    },
    async meant(site, filter) {
      const all = await meant(site, filter, (await logsOf(site)).toReversed());
      if (!isNamed(filter)) return all;
      const { records } = await findNamed(site, filter, { limit: Infinity });
      return all
        .map((each) => ({
          ...each,
          indexes: records.filter(({ log }) => log === each.log).map(({ index }) => index),
        }))
        .filter(({ indexes }) => indexes.length > 0);
    },
  };
}

/** Whether a filter names a visitor or a record. */
const isNamed = ({ consentId, record }: RecordFilter) =>
  consentId !== undefined || record !== undefined;

/** Whether a filter asks for what lapses when. */
const lapses = ({ untilFrom, untilTo }: RecordFilter) =>
  untilFrom !== undefined || untilTo !== undefined;
