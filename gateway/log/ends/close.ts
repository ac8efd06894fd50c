/**
 * The end of a year: its log gets nothing more, what it signed last is its final checkpoint, and its key is
 * destroyed. Erasures of its records are told in the log of the current year, by origin and index.
 */
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import type { Backlog } from "../backlog.ts";
import { utcYear, type FindLog } from "../year-log.ts";

export interface CloseDeps {
  main: Store<Database>;
  findLog: FindLog;
  clock: Clock;
  backlog: Pick<Backlog, "refusal">;
}

/** Closes every log of a past year that is signed to its last entry and has a successor. */
export async function closeYears({ main, findLog, clock, backlog }: CloseDeps): Promise<void> {
  const now = clock.now();
  const past = await main.read
    .selectFrom("logs")
    .select(["id", "site"])
    .where("closed_at", "is", null)
    .where("year", "<", utcYear(now))
    .orderBy("id")
    .execute();
  for (const { id, site } of past) {
    if (backlog.refusal(site)) continue;
    // A site without visitors gets its new year's log too, or the old one would stay open.
    const current = await findLog(site, now);
    if (current.id !== id) await close(main, id, now);
  }
}

async function close(main: Store<Database>, log: number, now: number): Promise<void> {
  await main.transaction(async (trx) => {
    // Under the lock that every append takes: what is not signed yet leaves it open for the next round.
    const { numUpdatedRows } = await trx
      .updateTable("logs")
      .set({ closed_at: now, closed_by: "year" })
      .where("id", "=", log)
      .where("closed_at", "is", null)
      .where("next", "=", (eb) => eb.selectFrom("trees").select("size").where("log", "=", log))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await trx
      .updateTable("trees")
      .set({ sealed_key: new Uint8Array() })
      .where("log", "=", log)
      .execute();
  });
}
