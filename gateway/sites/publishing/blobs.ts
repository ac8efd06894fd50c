/** Content by its hash: files of site versions and pieces of widget builds. */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { sha256 } from "./hashes.ts";

/** Stores contents that are not there yet. */
export async function storeBlobs(
  trx: Transaction<Database>,
  contents: Iterable<Uint8Array>,
): Promise<void> {
  // One order for all writers, so that two of them never wait for each other's rows.
  const rows = new Map([...contents].map((bytes) => [sha256(bytes), bytes]));
  for (const [hash, bytes] of [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    await trx
      .insertInto("blobs")
      .values({ hash, bytes })
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute();
}
