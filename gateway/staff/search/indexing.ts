/**
 * One step of indexing: the next records of a log go into the search index and the counters, in one
 * transaction that any gateway may make. How far it has come is compared when it is set, so that a record
 * is indexed and counted once, whoever does it and whatever interrupts it.
 */
import type { Transaction } from "kysely";
import { textOf } from "../../log/bytes.ts";
import { decodeHead } from "../../log/decision-half.ts";
import { leafTime } from "../../log/leaf.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { countedOf, utcDay, type Counted } from "./counts.ts";
import { kindColumns, type Kind, type Kinds } from "./kinds.ts";

/** A log with entries that are not indexed yet. */
export interface UnindexedLog {
  log: number;
  site: string;
  /** Entries indexed. */
  size: number;
  /** Entries there are. */
  next: number;
}

/** Entries of one step: on SQLite decisions wait for no longer transaction than this one. */
const stepSize = 500;

/** Rows of one statement. */
const together = 250;

type Trx = Transaction<Database>;

interface Found {
  tail: number;
  idx: number;
  until: number;
  day: string;
}

/** Logs whose records are not all indexed. */
export async function unindexedLogs(main: Store<Database>): Promise<UnindexedLog[]> {
  const rows = await main.read
    .selectFrom("logs")
    .leftJoin("indexed_logs", "indexed_logs.log", "logs.id")
    .select(["logs.id", "logs.site", "logs.next", "indexed_logs.size"])
    .where((eb) =>
      eb.or([
        eb("indexed_logs.size", "is", null),
        eb("indexed_logs.size", "<", eb.ref("logs.next")),
      ]),
    )
    .orderBy("logs.id")
    .execute();
  return rows.map(({ id, site, next, size }) => ({ log: id, site, next, size: size ?? 0 }));
}

/** @returns entries that are indexed now, or null when another gateway was faster. */
export async function indexStep(
  main: Store<Database>,
  kinds: Kinds,
  due: UnindexedLog,
): Promise<number | null> {
  const size = Math.min(due.next, due.size + stepSize);
  const found = await readRecords(main, due, size);
  const tails = [...new Set(found.map(({ tail }) => tail))];
  const said = await kinds.load(tails);
  return main.transaction(async (trx) => {
    if (!(await advance(trx, due, size))) return null;
    if (found.length === 0) return size;
    await insertPlaces(trx, due.log, found);
    await addKinds(trx, due.log, found, said);
    const counted = new Map(tails.map((tail) => [tail, countedOf(said.get(tail)!)]));
    await addCounts(trx, due.site, found, counted);
    return size;
  });
}

async function readRecords(
  main: Store<Database>,
  { log, size: from }: UnindexedLog,
  to: number,
): Promise<Found[]> {
  const rows = await main.read
    .selectFrom("records")
    .innerJoin("entries", (join) =>
      join.onRef("entries.log", "=", "records.log").onRef("entries.idx", "=", "records.idx"),
    )
    .select(["records.idx", "records.tail", "records.head", "entries.leaf"])
    .where("records.log", "=", log)
    .where("records.idx", ">=", from)
    .where("records.idx", "<", to)
    // Said of both tables: PostgreSQL does not conclude it.
    .where("entries.idx", ">=", from)
    .where("entries.idx", "<", to)
    .orderBy("records.idx")
    .execute();
  return rows.map(({ idx, tail, head, leaf }) => ({
    idx,
    tail,
    until: decodeHead(textOf(head)).until,
    day: utcDay(leafTime(leaf)),
  }));
}

/** Whoever takes the log from `size` to the next has indexed what lies between. */
async function advance(trx: Trx, { log, size: from }: UnindexedLog, to: number): Promise<boolean> {
  if (from === 0) {
    const made = await trx
      .insertInto("indexed_logs")
      .values({ log, size: to })
      .onConflict((conflict) => conflict.column("log").doNothing())
      .executeTakeFirst();
    if ((made.numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  }
  const moved = await trx
    .updateTable("indexed_logs")
    .set({ size: to })
    .where("log", "=", log)
    .where("size", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

async function insertPlaces(trx: Trx, log: number, found: Found[]): Promise<void> {
  for (let at = 0; at < found.length; at += together)
    await trx
      .insertInto("record_index")
      .values(
        found.slice(at, at + together).map(({ tail, idx, until }) => ({ log, tail, idx, until })),
      )
      .execute();
}

async function addKinds(
  trx: Trx,
  log: number,
  found: Found[],
  said: Map<number, Kind>,
): Promise<void> {
  const rows = [...Map.groupBy(found, ({ tail }) => tail)].map(([tail, of]) => ({
    log,
    tail,
    records: of.length,
    first_idx: of[0]!.idx,
    last_idx: of.at(-1)!.idx,
    ...kindColumns(said.get(tail)!),
  }));
  for (let at = 0; at < rows.length; at += together)
    await trx
      .insertInto("record_kinds")
      .values(rows.slice(at, at + together))
      .onConflict((conflict) =>
        conflict.columns(["log", "tail"]).doUpdateSet((eb) => ({
          records: eb("record_kinds.records", "+", eb.ref("excluded.records")),
          last_idx: eb.ref("excluded.last_idx"),
        })),
      )
      .execute();
}

async function addCounts(
  trx: Trx,
  site: string,
  found: Found[],
  counted: Map<number, Counted[]>,
): Promise<void> {
  const rows = new Map<string, Counted & { site: string; day: string; records: number }>();
  for (const { tail, day } of found)
    for (const each of counted.get(tail)!) {
      const name = [each.dimension, day, each.value, each.outcome].join("\0");
      const row = rows.get(name);
      if (row) row.records += 1;
      else rows.set(name, { ...each, site, day, records: 1 });
    }
  // In one order everywhere: logs of one site may be indexed by two gateways at once.
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  for (let at = 0; at < sorted.length; at += together)
    await trx
      .insertInto("decision_counts")
      .values(sorted.slice(at, at + together))
      .onConflict((conflict) =>
        conflict.columns(["site", "dimension", "day", "value", "outcome"]).doUpdateSet((eb) => ({
          records: eb("decision_counts.records", "+", eb.ref("excluded.records")),
        })),
      )
      .execute();
}
