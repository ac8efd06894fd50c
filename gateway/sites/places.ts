/** Where configurations stand in a site's logs: what an event relies on that no decision let in. */
import type { Store } from "../storage/storage.ts";
import type { Database } from "../storage/schema.ts";

export interface Place {
  /** Row id of the log. */
  log: number;
  index: number;
}

/** @returns null for a configuration that was never logged for this site */
export async function placeOfConfig(
  { read }: Store<Database>,
  site: string,
  hash: string,
): Promise<Place | null> {
  const row = await read
    .selectFrom("configs")
    .select(["log", "idx"])
    .where("site", "=", site)
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row ? { log: row.log, index: row.idx } : null;
}

/** @returns the hash of the configuration that stands there, null where none does */
export async function configAtPlace(
  { read }: Store<Database>,
  site: string,
  { log, index }: Place,
): Promise<string | null> {
  const row = await read
    .selectFrom("configs")
    .select("hash")
    .where("site", "=", site)
    .where("log", "=", log)
    .where("idx", "=", index)
    .executeTakeFirst();
  return row?.hash ?? null;
}
