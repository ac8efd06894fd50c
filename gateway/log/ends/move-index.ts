/**
 * The search index follows records that move from one log to another. What it counts by day and outcome stays
 * as it is: the decisions are the same.
 */
import type { Transaction } from "kysely";
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
  for (const log of [from, to]) await countKinds(trx, log);
}

async function countKinds(trx: Trx, log: number): Promise<void> {
  await trx.deleteFrom("record_kinds").where("log", "=", log).execute();
  await trx
    .insertInto("record_kinds")
    .columns(["log", "tail", "records", "first_idx", "last_idx"])
    .expression((eb) =>
      eb
        .selectFrom("record_index")
        .select(({ fn }) => [
          "log",
          "tail",
          fn.countAll<number>().as("records"),
          fn.min("idx").as("first_idx"),
          fn.max("idx").as("last_idx"),
        ])
        .where("log", "=", log)
        .groupBy(["log", "tail"]),
    )
    .execute();
}
