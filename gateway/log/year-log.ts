/**
 * One log per site and UTC year, and per epoch of a year whose log was lost. Its row's `next` is the lock and
 * the source of every index.
 */
import type { Kysely, Transaction } from "kysely";
import type { Database } from "../storage/schema.ts";
import { StorageError, type Store } from "../storage/storage.ts";
import { configLeaf } from "./leaf.ts";

export interface YearLog {
  id: number;
  /** `<log name>/<year>`, with `/e<n>` behind it from the second epoch on. */
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
  const known = new Map<string, { log: YearLog; since: number }>();

  async function find(site: string, now: number): Promise<YearLog> {
    const newest = await newestLog(store.read, site);
    if (newest && newest.year >= utcYear(now)) return newest;
    return store.transaction(async (trx) => {
      const { log, fresh } = await writableLog(trx, site, now);
      if (fresh) await insertFirstEntry(trx, site, log.id, now);
      return log;
    });
  }

  return async (site, now) => {
    const last = known.get(site);
    const age = last ? now - last.since : Infinity;
    if (last && last.log.year >= utcYear(now) && age >= 0 && age < remembered) return last.log;
    const log = await find(site, now);
    known.set(site, { log, since: now });
    return log;
  };
}

/** Milliseconds: an operator may have begun another epoch since. */
const remembered = 1000;

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
 * @throws {StorageError} `conflict`: the log was closed since it was found.
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
    .where("closed_at", "is", null)
    .returning(["next", "time"])
    .executeTakeFirstOrThrow(() => new StorageError("conflict", "the log was closed meanwhile"));
  return { first: next - count, time };
}

async function newestLog(db: Kysely<Database>, site: string): Promise<YearLog | undefined> {
  return db
    .selectFrom("logs")
    .select(["id", "origin", "year"])
    .where("site", "=", site)
    .orderBy("year", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

async function insertFirstEntry(trx: Trx, site: string, log: number, now: number): Promise<void> {
  const leaf = configLeaf(Math.floor(now / 1000), await configInEffect(trx, site, now));
  await trx.insertInto("entries").values({ log, idx: 0, leaf }).execute();
}

/**
 * Hash of the configuration that counts at a moment, or of the first one that will.
 * @param now unix milliseconds. @throws {Error} when none was ever logged.
 */
export async function configInEffect(trx: Trx, site: string, now: number): Promise<string> {
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
  return config.hash;
}

export function utcYear(milliseconds: number): number {
  return new Date(milliseconds).getUTCFullYear();
}
