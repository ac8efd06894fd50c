/**
 * Reads what an export shows of one log, a window of indexes at a time: each read is short, so that an
 * erasure that empties the write-ahead log meanwhile waits for none. A record is read in one statement,
 * and nothing of it that an export shows is ever changed.
 */
import { sql, type Kysely, type SqlBool } from "kysely";
import { textOf } from "../../log/bytes.ts";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";
import type { KindCondition } from "../search/matches.ts";

/** An entry; a record when it has a head. */
export interface ReadEntry {
  index: number;
  leaf: string;
  record: { head: string; tail: number; salt: Uint8Array } | null;
}

/** Which entries: all of them, records of some kinds, or records at these indexes. */
export type Wanted =
  | { every: true }
  | { condition: NonNullable<KindCondition> }
  | { indexes: number[] };

/** Indexes of one read. */
const window = 2048;

export async function* readEntries(
  db: Kysely<Database>,
  log: number,
  range: { from: number; to: number },
  wanted: Wanted,
): AsyncGenerator<ReadEntry[]> {
  if ("indexes" in wanted && wanted.indexes.length === 0) return;
  for (let from = range.from; from < range.to; from += window)
    yield await readWindow(db, log, { from, to: Math.min(from + window, range.to) }, wanted);
}

async function readWindow(
  db: Kysely<Database>,
  log: number,
  { from, to }: { from: number; to: number },
  wanted: Wanted,
): Promise<ReadEntry[]> {
  const within =
    "indexes" in wanted ? wanted.indexes.filter((index) => index >= from && index < to) : null;
  if (within?.length === 0) return [];
  const rows = await db
    .selectFrom("entries")
    .leftJoin("records", (join) =>
      join.onRef("records.log", "=", "entries.log").onRef("records.idx", "=", "entries.idx"),
    )
    .select([
      "entries.idx",
      "entries.leaf",
      "records.head",
      "records.tail",
      "records.decision_salt as salt",
    ])
    .where("entries.log", "=", log)
    .where("entries.idx", ">=", from)
    .where("entries.idx", "<", to)
    .$if("condition" in wanted, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom("record_kinds as kind")
            .select("kind.tail")
            .where("kind.log", "=", log)
            .whereRef("kind.tail", "=", "records.tail")
            .where("condition" in wanted ? wanted.condition : sql<SqlBool>`1 = 1`),
        ),
      ),
    )
    .$if(within !== null, (query) => query.where("entries.idx", "in", inList(within ?? [])))
    .orderBy("entries.idx")
    .execute();
  return rows.map(({ idx, leaf, head, tail, salt }) => ({
    index: idx,
    leaf: textOf(leaf),
    record: head && tail !== null && salt ? { head: textOf(head), tail, salt } : null,
  }));
}
