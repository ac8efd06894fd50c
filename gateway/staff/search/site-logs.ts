/** The logs of a site that are searched, and which part of one a filter means. */
import type { Kysely } from "kysely";
import type { RecordFilter } from "../../contract/staff/search.ts";
import { firstSince } from "../../log/first-since.ts";
import type { Database } from "../../storage/schema.ts";
import type { Range } from "./newest-first.ts";

export interface SiteLog {
  id: number;
  /** Number of its entries, and of those that are indexed. */
  next: number;
  indexed: number;
}

/** The newest first; of a dropped one there is nothing to find. */
export async function searchedLogs(db: Kysely<Database>, site: string): Promise<SiteLog[]> {
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

/** The range of indexes that a filter's time range is, since leaf times never decrease along a log. */
export async function indexRange(
  db: Kysely<Database>,
  { id, next }: SiteLog,
  { from, to }: RecordFilter,
): Promise<Range> {
  return {
    from: from === undefined ? 0 : await firstSince(db, id, next, from),
    to: to === undefined ? next : await firstSince(db, id, next, to),
  };
}
