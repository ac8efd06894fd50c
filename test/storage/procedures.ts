/** Procedures of the contract's tests, in a module of their own, since a database's thread imports it. */
import type { Database } from "../../gateway/storage/schema.ts";
import type { Procedure } from "../../gateway/storage/storage.ts";

interface Blobs {
  hashes: string[];
  /** Throws after its writes. */
  fail: boolean;
}

/** Inserts a blob per hash, in a statement each, and counts all there are. */
export const keepBlobs: Procedure<Database, Blobs, { hashes: string[]; total: number }> = {
  module: import.meta.url,
  name: "keepBlobs",
  async run(trx, { hashes, fail }) {
    for (const hash of hashes)
      await trx
        .insertInto("blobs")
        .values({ hash, bytes: Buffer.from(hash) })
        .execute();
    const rows = await trx.selectFrom("blobs").select("hash").execute();
    if (fail) throw new Error("changed my mind");
    return { hashes: rows.map(({ hash }) => hash).toSorted(), total: rows.length };
  },
};
