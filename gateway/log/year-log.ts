/** One log per site and UTC year. Its row's `next` is the lock and the source of every index. */
import type { Transaction } from "kysely";
import type { Database } from "../storage/schema.ts";
import type { Store } from "../storage/storage.ts";
import { configLeaf } from "./leaf.ts";

export interface YearLog {
  id: number;
  /** `<log name>/<year>` */
  origin: string;
  year: number;
}

type Trx = Transaction<Database>;

/**
 * Finds the log a site writes to now; opens the year's with its first entry, the configuration in effect.
 * @throws {Error} when the site was never published.
 */
export type FindLog = (site: string, now: number) => Promise<YearLog>;

export function findLog(store: Store<Database>): FindLog {
  // A log's id, origin and year never change, so what was committed once may be remembered.
  const known = new Map<string, YearLog>();
  return async (site, now) => {
    const last = known.get(site);
    if (last && last.year >= utcYear(now)) return last;
    const log = await store.transaction(async (trx) => {
      const { log, fresh } = await writableLog(trx, site, now);
      if (fresh) await insertFirstEntry(trx, site, log.id, now);
      return log;
    });
    known.set(site, log);
    return log;
  };
}

/**
 * The site's newest log, or the one of this year, inserted with `next` = 1: the caller then owes it entry 0.
 * A clock that fell back into the old year does not reopen the old log.
 * @param now unix milliseconds.
 */
export async function writableLog(
  trx: Trx,
  site: string,
  now: number,
): Promise<{ log: YearLog; fresh: boolean }> {
  const newest = await newestLog(trx, site);
  const year = utcYear(now);
  if (newest && newest.year >= year) return { log: newest, fresh: false };
  const { log_name } = await trx
    .selectFrom("sites")
    .select("log_name")
    .where("id", "=", site)
    .executeTakeFirstOrThrow(() => new Error("a site has no log before it is published"));
  const origin = `${log_name}/${year}`;
  const made = await trx
    .insertInto("logs")
    .values({ origin, site, year, next: 1, time: Math.floor(now / 1000) })
    .onConflict((conflict) => conflict.column("origin").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (made) return { log: { id: made.id, origin, year }, fresh: true };
  // Another gateway opened it while we waited.
  const theirs = await newestLog(trx, site);
  if (!theirs) throw new Error("a log's origin belongs to another site");
  return { log: theirs, fresh: false };
}

/**
 * Takes the next `count` indexes of a log and holds its lock until the transaction ends.
 * @returns the first of them, and the time of all: the clock's, or the last entry's when that is later.
 */
export async function takeIndexes(
  trx: Trx,
  log: number,
  count: number,
  now: number,
): Promise<{ first: number; time: number }> {
  const seconds = Math.floor(now / 1000);
  const { next, time } = await trx
    .updateTable("logs")
    .set((eb) => ({
      next: eb("next", "+", count),
      time: eb.case().when("time", "<", seconds).then(seconds).else(eb.ref("time")).end(),
    }))
    .where("id", "=", log)
    .returning(["next", "time"])
    .executeTakeFirstOrThrow();
  return { first: next - count, time };
}

async function newestLog(trx: Trx, site: string): Promise<YearLog | undefined> {
  return trx
    .selectFrom("logs")
    .select(["id", "origin", "year"])
    .where("site", "=", site)
    .orderBy("year", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

async function insertFirstEntry(trx: Trx, site: string, log: number, now: number): Promise<void> {
  const configs = trx.selectFrom("configs").select("hash").where("site", "=", site);
  const inEffect = await configs
    .where("effective_at", "<=", now)
    .orderBy("effective_at", "desc")
    .orderBy("log", "desc")
    .orderBy("idx", "desc")
    .limit(1)
    .executeTakeFirst();
  const config =
    inEffect ??
    (await configs
      .orderBy("effective_at")
      .limit(1)
      .executeTakeFirstOrThrow(
        () => new Error("a log begins with a configuration, and none was logged"),
      ));
  const leaf = configLeaf(Math.floor(now / 1000), config.hash);
  await trx.insertInto("entries").values({ log, idx: 0, leaf }).execute();
}

function utcYear(milliseconds: number): number {
  return new Date(milliseconds).getUTCFullYear();
}
