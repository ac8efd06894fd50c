/** From a moment to a place in a log: leaf times never decrease, so a few entries tell. */
import type { Kysely } from "kysely";
import type { Database } from "../storage/schema.ts";
import { leafTime } from "./leaf.ts";

/**
 * The first index of a log whose leaf is dated `seconds` or later.
 * @param next number of entries of the log, the answer when all are older. @param seconds Unix time.
 */
export async function firstSince(
  db: Kysely<Database>,
  log: number,
  next: number,
  seconds: number,
): Promise<number> {
  let low = 0;
  let high = next;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { leaf } = await db
      .selectFrom("entries")
      .select("leaf")
      .where("log", "=", log)
      .where("idx", "=", middle)
      .executeTakeFirstOrThrow();
    if (leafTime(leaf) < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
