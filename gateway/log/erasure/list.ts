/** What was erased on a site and how far each erasure is, without a word of whom. */
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";

export interface ListedErasure {
  id: number;
  /** `visitor`, a reason of staff, `retention`, or `unused` for a key. */
  cause: string;
  /** Visitors whose records it met; 0 in the later parts of one retention sweep. */
  visitors: number;
  /** Unix milliseconds. */
  requestedAt: number;
  /** Deleted bytes are out of the files. */
  clean: boolean;
  /** The log names the erased records. */
  told: boolean;
}

/** The newest first. */
export async function listErasures(
  main: Store<Database>,
  site: string,
  limit: number,
): Promise<ListedErasure[]> {
  const rows = await main.read
    .selectFrom("erasures")
    .select(["id", "cause", "visitors", "requested_at as requestedAt", "clean", "told"])
    .where("site", "=", site)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, clean: row.clean === 1, told: row.told === 1 }));
}
