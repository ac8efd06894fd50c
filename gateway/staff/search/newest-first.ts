/**
 * The newest records of some kinds in one log. Two ways lead there, and how often each kind occurs says
 * which is short: walking back through the log where the kinds are common, asking the index kind by kind
 * where they are rare. A walk is given up after a few times its expected length, so that kinds which stand
 * in a heap somewhere do not make it long.
 */
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { padded } from "./padded.ts";

/** A kind as it occurs in one log. */
export interface Occurrence {
  tail: number;
  records: number;
  firstIdx: number;
  lastIdx: number;
}

export interface Range {
  /** Index of the first entry, and the one after the last. */
  from: number;
  to: number;
}

/** Entries a walk may pass beyond which the index is asked at once. */
const longestWalk = 4096;

/** @returns indexes, the highest first, at most `limit`. */
export async function newestOfKinds(
  db: Kysely<Database>,
  log: number,
  kinds: Occurrence[],
  range: Range,
  limit: number,
): Promise<number[]> {
  const near = withinReach(kinds, range, limit);
  if (near.length === 0) return [];
  const from = Math.max(range.from, Math.min(...near.map(({ firstIdx }) => firstIdx)));
  const to = Math.min(range.to, Math.max(...near.map(({ lastIdx }) => lastIdx)) + 1);
  const records = near.reduce((sum, kind) => sum + kind.records, 0);
  const walk = Math.ceil((4 * limit * (to - from)) / records);
  if (walk <= Math.min(longestWalk, near.length * limit)) {
    const start = Math.max(from, to - walk);
    const found = await walkBack(db, log, near, { from: start, to }, limit);
    if (found.length === limit || start === from) return found;
  }
  return askIndex(db, log, near, { from, to }, limit);
}

/** Without kinds that end before the place where the others are sure to have filled the page. */
function withinReach(kinds: Occurrence[], { from, to }: Range, limit: number): Occurrence[] {
  const inRange = kinds.filter(({ firstIdx, lastIdx }) => firstIdx < to && lastIdx >= from);
  let sure = 0;
  let bound = from;
  for (const { firstIdx, lastIdx, records } of inRange.toSorted(
    (a, b) => b.firstIdx - a.firstIdx,
  )) {
    if (lastIdx >= to) continue;
    sure += records;
    if (sure < limit) continue;
    bound = Math.max(from, firstIdx);
    break;
  }
  return inRange.filter(({ lastIdx }) => lastIdx >= bound);
}

async function walkBack(
  db: Kysely<Database>,
  log: number,
  kinds: Occurrence[],
  { from, to }: Range,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("records")
    .select("idx")
    .where("log", "=", log)
    .where("idx", ">=", from)
    .where("idx", "<", to)
    .where("tail", "in", padded(kinds.map(({ tail }) => tail)))
    .orderBy("idx", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ idx }) => idx);
}

/** Of each kind no more than a page is read: from the place of its `limit`-th newest on. */
async function askIndex(
  db: Kysely<Database>,
  log: number,
  kinds: Occurrence[],
  { from, to }: Range,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("record_kinds as kind")
    .innerJoin("record_index as place", (join) =>
      join.onRef("place.log", "=", "kind.log").onRef("place.tail", "=", "kind.tail"),
    )
    .select("place.idx")
    .where("kind.log", "=", log)
    .where("kind.tail", "in", padded(kinds.map(({ tail }) => tail)))
    .where("place.idx", "<", to)
    .where("place.idx", ">=", (eb) =>
      eb.fn.coalesce(
        eb
          .selectFrom("record_index as other")
          .select("other.idx")
          .whereRef("other.log", "=", "kind.log")
          .whereRef("other.tail", "=", "kind.tail")
          .where("other.idx", "<", to)
          .where("other.idx", ">=", from)
          .orderBy("other.idx", "desc")
          .limit(1)
          .offset(limit - 1),
        eb.val(from),
      ),
    )
    .orderBy("place.idx", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ idx }) => idx);
}
