/**
 * The search index follows records that move from one log to another. What it counts by day and outcome stays
 * as it is: the decisions are the same.
 */
import { expressionBuilder, type Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";

type Trx = Transaction<Database>;

/** Records that move together. */
interface Run {
  start: number;
  /** The index after the last. */
  end: number;
  /** Where the first of them goes. */
  at: number;
}

interface Logs {
  from: number;
  to: number;
}

/** @param kept entries that stay in the old log. */
export async function moveIndex(
  trx: Trx,
  { from, to }: Logs,
  { runs, kept }: { runs: Run[]; kept: number },
): Promise<void> {
  const indexed = await trx
    .selectFrom("indexed_logs")
    .select("size")
    .where("log", "=", from)
    .executeTakeFirst();
  if (!indexed || indexed.size <= kept) return;
  let size = 0;
  for (const { start, end, at } of runs) {
    await trx
      .updateTable("record_index")
      .set((eb) => ({ log: to, idx: eb("idx", "+", at - start) }))
      .where("log", "=", from)
      .where("idx", ">=", start)
      .where("idx", "<", end)
      .execute();
    if (indexed.size > start) size = at - start + Math.min(indexed.size, end);
  }
  await trx.updateTable("indexed_logs").set({ size: kept }).where("log", "=", from).execute();
  await trx.insertInto("indexed_logs").values({ log: to, size }).execute();
  await moveKinds(trx, { from, to });
}

/** Kinds of the moved records stand in the new log too, and in the old one only as far as records stay. */
async function moveKinds(trx: Trx, { from, to }: Logs): Promise<void> {
  const moved = await placesByKind(trx, to);
  if (moved.length === 0) return;
  const tails = moved.map(({ tail }) => tail);
  const kinds = await trx
    .selectFrom("record_kinds")
    .selectAll()
    .where("log", "=", from)
    .where("tail", "in", tails)
    .execute();
  const kindOf = new Map(kinds.map((kind) => [kind.tail, kind]));
  for (const places of moved)
    await trx
      .insertInto("record_kinds")
      .values({ ...kindOf.get(places.tail)!, ...places, log: to })
      .execute();
  const staying = new Map((await placesByKind(trx, from)).map((places) => [places.tail, places]));
  for (const tail of tails) {
    const places = staying.get(tail);
    const row = { log: from, tail };
    if (places) await trx.updateTable("record_kinds").set(places).where(isRow(row)).execute();
    else await trx.deleteFrom("record_kinds").where(isRow(row)).execute();
  }
}

const isRow = ({ log, tail }: { log: number; tail: number }) =>
  expressionBuilder<Database, "record_kinds">().and({ log, tail });

function placesByKind(trx: Trx, log: number) {
  return trx
    .selectFrom("record_index")
    .select(({ fn }) => [
      "tail",
      fn.countAll<number>().as("records"),
      fn.min("idx").as("first_idx"),
      fn.max("idx").as("last_idx"),
    ])
    .where("log", "=", log)
    .groupBy("tail")
    .execute();
}
