/**
 * Search of one site's records. Filters on what was decided are tried on kinds of decisions, of which
 * there are few; then the index says where records of these kinds stand. Leaf times never decrease along
 * a log, so a time range is a range of indexes.
 */
import type { RecordFilter } from "../../contract/staff/search.ts";
import type { StoredRecord } from "../../log/reader.ts";
import { findLapsing, lapses } from "./lapsing.ts";
import { kindCondition, type KindCondition } from "./matches.ts";
import { findNamed, isNamed } from "./named.ts";
import { newestOfKinds, type Range } from "./newest-first.ts";
import type { Found, Page, SearchDeps } from "./page.ts";
import { searchedLogs, indexRange, type SiteLog } from "./site-logs.ts";

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

export function openSearch(deps: SearchDeps): Search {
  const { storage, records } = deps;
  const db = storage.main.read;

  async function meant(site: string, filter: RecordFilter, logs: SiteLog[]): Promise<Meant[]> {
    const all: Meant[] = [];
    const condition = await kindCondition(db, site, filter);
    for (const log of logs)
      all.push({
        log: log.id,
        range: await indexRange(db, log, filter),
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
    const logs = await searchedLogs(db, site);
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

  return {
    async find(site, filter, page) {
      const logs = await searchedLogs(db, site);
      const unindexed = logs.reduce((sum, { next, indexed }) => sum + next - indexed, 0);
      const found = isNamed(filter)
        ? findNamed(deps, site, filter, page)
        : lapses(filter)
          ? findLapsing(deps, site, filter, page)
          : findNewest(site, filter, page);
      return { ...(await found), unindexed };
    },
    async meant(site, filter) {
      const all = await meant(site, filter, (await searchedLogs(db, site)).toReversed());
      if (!isNamed(filter)) return all;
      const { records } = await findNamed(deps, site, filter, { limit: Infinity });
      return all
        .map((each) => ({
          ...each,
          indexes: records.filter(({ log }) => log === each.log).map(({ index }) => index),
        }))
        .filter(({ indexes }) => indexes.length > 0);
    },
  };
}
