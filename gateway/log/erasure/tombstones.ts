/**
 * `erasure` entries: the log says which records were erased, and not which of them were one visitor's. They
 * wait for those of other visitors, and are shuffled.
 */
import { randomInt } from "node:crypto";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import type { Backlog } from "../backlog.ts";
import { erasureLeaf } from "../leaf.ts";
import { takeIndexes, type FindLog, type YearLog } from "../year-log.ts";
import { takeTurn } from "./erase-records.ts";

/** Visitors whose erasures are told together, unless the oldest has waited this long, milliseconds. */
const company = 10;
const longestWait = 14 * 86_400_000;

/** Entries of one transaction. */
const pageSize = 500;

export interface TombstoneDeps {
  main: Store<Database>;
  findLog: FindLog;
  clock: Clock;
  backlog: Pick<Backlog, "refusal">;
  /** A whole number in [0, below); crypto.randomInt when absent. */
  random?: ((below: number) => number) | undefined;
}

interface Erased {
  log: number;
  origin: string;
  idx: number;
}

/** Appends the entries of every site whose time has come. */
export async function tellErasures(deps: TombstoneDeps): Promise<void> {
  const oldest = deps.clock.now() - longestWait;
  const waiting = await deps.main.read
    .selectFrom("erasures")
    .select(({ fn }) => ["site", fn.sum<number>("visitors").as("visitors")])
    .select(({ fn }) => fn.min("destroyed_at").as("since"))
    .where("told", "=", 0)
    .where("destroyed_at", "is not", null)
    .groupBy("site")
    .execute();
  for (const { site, visitors, since } of waiting) {
    if (site === null || since === null || deps.backlog.refusal(site)) continue;
    if (Number(visitors) >= company || Number(since) <= oldest) await tell(deps, site);
  }
}

async function tell(deps: TombstoneDeps, site: string): Promise<void> {
  const { main, findLog, clock, random = (below) => randomInt(below) } = deps;
  const { erasures, erased } = await main.transaction(async (trx) => {
    await takeTurn(trx, main.engine, site);
    return {
      erasures: await trx
        .selectFrom("erasures")
        .select("id")
        .where("site", "=", site)
        .where("told", "=", 0)
        .where("destroyed_at", "is not", null)
        .execute(),
      erased: await trx
        .selectFrom("tombstones")
        .innerJoin("logs", "logs.id", "tombstones.log")
        .select(["tombstones.log", "tombstones.idx", "logs.origin"])
        .where("logs.site", "=", site)
        .execute(),
    };
  });
  shuffle(erased, random);
  const log = await findLog(site, clock.now());
  for (let from = 0; from < erased.length; from += pageSize)
    await append(deps, log, erased.slice(from, from + pageSize));
  // Last, so that an interruption leaves them waiting, and the rest is told.
  for (const { id } of erasures)
    await main.transaction((trx) =>
      trx.updateTable("erasures").set({ told: 1 }).where("id", "=", id).execute(),
    );
}

async function append(deps: TombstoneDeps, into: YearLog, page: Erased[]): Promise<void> {
  const { main, clock } = deps;
  await main.transaction(async (trx) => {
    const taken: Erased[] = [];
    for (const erased of page) {
      const { numDeletedRows } = await trx
        .deleteFrom("tombstones")
        .where("log", "=", erased.log)
        .where("idx", "=", erased.idx)
        .executeTakeFirst();
      // Another gateway may be telling the same.
      if (numDeletedRows > 0n) taken.push(erased);
    }
    if (taken.length === 0) return;
    const { first, time } = await takeIndexes(trx, into.id, taken.length, clock.now());
    await trx
      .insertInto("entries")
      .values(
        taken.map(({ log, origin, idx }, i) => ({
          log: into.id,
          idx: first + i,
          leaf: erasureLeaf(time, log === into.id ? null : origin, idx),
        })),
      )
      .execute();
  });
}

/** Fisher and Yates. */
function shuffle<T>(items: T[], random: (below: number) => number): void {
  for (let left = items.length; left > 1; left--) {
    const chosen = random(left);
    [items[left - 1], items[chosen]] = [items[chosen]!, items[left - 1]!];
  }
}
