/**
 * The newest records of some kinds in one log. What is common is met within a short walk back through the
 * log; for what is rare, or stands in a heap further back, the index is asked kind by kind. So neither the
 * length of a log nor the number of its kinds makes the first page long to find.
 */
import { sql, type Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import type { KindCondition } from "./matches.ts";

/** Index of the first entry, and the one after the last. */
export interface Range {
  from: number;
  to: number;
}

/** Entries of one walk. */
const walkLength = 1024;

/** @returns indexes, the highest first, at most `limit`. */
export async function newestOfKinds(
  db: Kysely<Database>,
  log: number,
  condition: NonNullable<KindCondition>,
  { from, to }: Range,
  limit: number,
): Promise<number[]> {
  const start = Math.max(from, to - walkLength);
  const found = await walkBack(db, log, condition, { from: start, to }, limit);
  if (found.length === limit || start === from) return found;
  const span = await spanOf(db, log, condition, { from, to });
  if (span === null) return [];
  const further = Math.max(span.from, span.to - walkLength);
  if (span.to <= start) {
    const behind = await walkBack(db, log, condition, { from: further, to: span.to }, limit);
    if (behind.length === limit || further === span.from) return behind;
  }
  return askIndex(db, log, condition, span, limit);
}

/** The narrowest range that holds all of these kinds. */
async function spanOf(
  db: Kysely<Database>,
  log: number,
  condition: NonNullable<KindCondition>,
  { from, to }: Range,
): Promise<Range | null> {
  const { first, last } = await db
    .selectFrom("record_kinds as kind")
    .select(({ fn }) => [fn.min("kind.first_idx").as("first"), fn.max("kind.last_idx").as("last")])
    .where("kind.log", "=", log)
    .where("kind.first_idx", "<", to)
    .where("kind.last_idx", ">=", from)
    .where(condition)
    .executeTakeFirstOrThrow();
  if (first === null || last === null) return null;
  return { from: Math.max(from, Number(first)), to: Math.min(to, Number(last) + 1) };
}

async function walkBack(
  db: Kysely<Database>,
  log: number,
  condition: NonNullable<KindCondition>,
  { from, to }: Range,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("records as record")
    // In this order on SQLite too: the records one by one, and the kind of each.
    .crossJoin("record_kinds as kind")
    .select("record.idx")
    .where("record.log", "=", log)
    .where("record.idx", ">=", from)
    .where("record.idx", "<", to)
    .where("kind.log", "=", log)
    .whereRef("kind.tail", "=", "record.tail")
    .where(condition)
    .orderBy("record.idx", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ idx }) => idx);
}

/** Of each kind no more than a page is read: from the place of its `limit`-th newest on. */
async function askIndex(
  db: Kysely<Database>,
  log: number,
  condition: NonNullable<KindCondition>,
  { from, to }: Range,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("record_kinds as kind")
    .crossJoin("record_index as place")
    .select("place.idx")
    .where("kind.log", "=", log)
    .where("kind.first_idx", "<", to)
    .where("kind.last_idx", ">=", from)
    .where(condition)
    .where("place.log", "=", log)
    .whereRef("place.tail", "=", "kind.tail")
    .where("place.idx", "<", to)
    .where("place.idx", ">=", (eb) =>
      eb
        .case()
        // Most kinds are rare, and need no looking where their page begins.
        .when("kind.records", "<=", limit)
        .then(from)
        .else(
          eb.fn.coalesce(
            eb
              .selectFrom("record_index as other")
              .select("other.idx")
              .where("other.log", "=", log)
              .whereRef("other.tail", "=", "kind.tail")
              .where("other.idx", "<", to)
              .where("other.idx", ">=", from)
              .orderBy("other.idx", "desc")
              .limit(1)
              .offset(limit - 1),
            sql<number>`cast(${from} as bigint)`,
          ),
        )
        .end(),
    )
    .orderBy("place.idx", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ idx }) => idx);
}
