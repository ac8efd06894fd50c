/** A process that writes pairs of rows until it is killed, and tells its parent how many were committed. */
import { openStorage } from "../../gateway/storage/open.ts";

const [folder = ""] = process.argv.slice(2);
const storage = await openStorage({ engine: "sqlite", folder, server: true });
const { count } = await storage.main.read
  .selectFrom("blobs")
  .select(({ fn }) => fn.countAll<number>().as("count"))
  .executeTakeFirstOrThrow();
for (let pair = count / 2 + 1; ; pair++) {
  await storage.main.transaction(async (trx) => {
    for (const half of ["a", "b"]) {
      const hash = `${String(pair).padStart(8, "0")}${half}`;
      await trx
        .insertInto("blobs")
        .values({ hash, bytes: new Uint8Array(5000) })
        .execute();
    }
  });
  process.send?.(pair);
}
