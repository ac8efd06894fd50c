/**
 * Reads what an export shows of one log, a window of indexes at a time: each read is short, so that an
 * erasure that empties the write-ahead log meanwhile waits for none. A record is read in one statement,
 * and nothing of it that an export shows is ever changed.
 */
import { sql, type SqlBool } from "kysely";
import { asHex, asText } from "../../storage/as-text.ts";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";
import type { Store } from "../../storage/storage.ts";
import type { KindCondition } from "../search/matches.ts";

/** An entry; a record when it has a head. */
export interface ReadEntry {
  index: number;
  leaf: string;
  record: { head: string; tail: number; salt: Buffer } | null;
}

/** Which entries: all of them, records of some kinds, or records at these indexes. */
export type Wanted =
  | { every: true }
  | { condition: NonNullable<KindCondition> }
  | { indexes: number[] };

/** Indexes of one read: memory stays the lower the sooner a page is done with. */
const window = 1024;

export async function* readEntries(
  main: Store<Database>,
  log: number,
  range: { from: number; to: number },
  wanted: Wanted,
): AsyncGenerator<ReadEntry[]> {
  if ("indexes" in wanted && wanted.indexes.length === 0) return;
  const read = (from: number) =>
    readWindow(main, log, { from, to: Math.min(from + window, range.to) }, wanted);
  let coming = range.from < range.to ? read(range.from) : null;
  for (let from = range.from + window; coming !== null; from += window) {
    const entries = await coming;
    // While these are written out, the database reads the next.
    coming = from < range.to ? read(from) : null;
    // A reader that goes away leaves it unread, and its failure is nobody's.
    coming?.catch(() => undefined);
    yield entries;
  }
}

async function readWindow(
  main: Store<Database>,
  log: number,
  { from, to }: { from: number; to: number },
  wanted: Wanted,
): Promise<ReadEntry[]> {
  const within =
    "indexes" in wanted ? wanted.indexes.filter((index) => index >= from && index < to) : null;
  if (within?.length === 0) return [];
  const rows = await main.read
    .selectFrom("entries")
    .leftJoin("records", (join) =>
      join
        .onRef("records.log", "=", "entries.log")
        .onRef("records.idx", "=", "entries.idx")
        // Said of both tables: PostgreSQL does not conclude it, and would read the log's every record.
        .on("records.idx", ">=", from)
        .on("records.idx", "<", to),
    )
    .select([
      "entries.idx",
      "records.tail",
      asText<string>(main.engine, "entries.leaf").as("leaf"),
      asText<string | null>(main.engine, "records.head").as("head"),
      asHex<string | null>(main.engine, "records.decision_salt").as("salt"),
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
    leaf,
    record: head && tail !== null && salt ? { head, tail, salt: Buffer.from(salt, "hex") } : null,
  }));
}
