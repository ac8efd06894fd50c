/**
 * Removes the rows of dropped logs, in transactions so short that decisions do not wait for them. Every step
 * finds by itself what is left, so an interruption is taken up again by the next round, whoever runs it.
 */
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";

type Main = Store<Database>;

/** Rows of one transaction; tiles are 8 kB each. */
const pageSize = { entries: 500, tiles: 100, checkpoints: 1000, places: 1000 };

/** @returns false while deleted bytes are still in the files: then it is tried again. */
export async function emptyDropped({
  main,
  clock,
}: {
  main: Main;
  clock: Clock;
}): Promise<boolean> {
  const dropped = await main.read
    .selectFrom("logs")
    .select(["id", "site", "next"])
    .where("dropped_at", "is not", null)
    .where("emptied_at", "is", null)
    .execute();
  if (dropped.length === 0) return true;
  for (const log of dropped) {
    await removeEntries(main, log);
    while (await removePlaces(main, log.id));
    while (await removeTiles(main, log.id));
    while (await removeCheckpoints(main, log.id));
  }
  if (!(await main.scrub())) return false;
  const ids = dropped.map(({ id }) => id);
  await main.transaction(async (trx) => {
    await trx.deleteFrom("record_kinds").where("log", "in", ids).execute();
    await trx.updateTable("logs").set({ emptied_at: clock.now() }).where("id", "in", ids).execute();
  });
  return true;
}

/** Entries with everything that is kept of their records. */
async function removeEntries(
  main: Main,
  { id: log, site, next }: { id: number; site: string; next: number },
): Promise<void> {
  const lowest = await main.read
    .selectFrom("entries")
    .select(({ fn }) => fn.min<number | null>("idx").as("idx"))
    .where("log", "=", log)
    .executeTakeFirst();
  for (let from = lowest?.idx ?? next; from < next; from += pageSize.entries) {
    const to = from + pageSize.entries;
    await main.transaction(async (trx) => {
      await trx
        .deleteFrom("record_ids")
        .where("site", "=", site)
        .where("id", "in", (eb) =>
          eb
            .selectFrom("records")
            .select("id")
            .where("log", "=", log)
            .where("idx", ">=", from)
            .where("idx", "<", to),
        )
        .execute();
      for (const table of ["records", "entries"] as const)
        await trx
          .deleteFrom(table)
          .where("log", "=", log)
          .where("idx", ">=", from)
          .where("idx", "<", to)
          .execute();
    });
  }
}

/** @returns whether there may be more. */
async function removePlaces(main: Main, log: number): Promise<boolean> {
  const page = await main.read
    .selectFrom("record_index")
    .select(["tail", "idx"])
    .where("log", "=", log)
    .orderBy("tail")
    .orderBy("idx")
    .limit(pageSize.places)
    .execute();
  if (page.length === 0) return false;
  const last = page.at(-1)!;
  await main.transaction((trx) =>
    trx
      .deleteFrom("record_index")
      .where("log", "=", log)
      .where((eb) =>
        eb.or([
          eb("tail", "<", last.tail),
          eb.and([eb("tail", "=", last.tail), eb("idx", "<=", last.idx)]),
        ]),
      )
      .execute(),
  );
  return true;
}

async function removeTiles(main: Main, log: number): Promise<boolean> {
  const page = await main.read
    .selectFrom("tiles")
    .select(["level", "idx"])
    .where("log", "=", log)
    .orderBy("level")
    .orderBy("idx")
    .limit(pageSize.tiles)
    .execute();
  const last = page.at(-1);
  if (!last) return false;
  await main.transaction((trx) =>
    trx
      .deleteFrom("tiles")
      .where("log", "=", log)
      .where((eb) =>
        eb.or([
          eb("level", "<", last.level),
          eb.and([eb("level", "=", last.level), eb("idx", "<=", last.idx)]),
        ]),
      )
      .execute(),
  );
  return true;
}

/** All but the final one. */
async function removeCheckpoints(main: Main, log: number): Promise<boolean> {
  const page = await main.read
    .selectFrom("checkpoints")
    .innerJoin("trees", "trees.log", "checkpoints.log")
    .select("checkpoints.size")
    .where("checkpoints.log", "=", log)
    .whereRef("checkpoints.size", "<", "trees.size")
    .orderBy("checkpoints.size")
    .limit(pageSize.checkpoints)
    .execute();
  const last = page.at(-1);
  if (!last) return false;
  await main.transaction(async (trx) => {
    for (const table of ["checkpoints", "cosignatures"] as const)
      await trx.deleteFrom(table).where("log", "=", log).where("size", "<=", last.size).execute();
  });
  return true;
}
