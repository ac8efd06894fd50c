/**
 * High-water marks that replicas share, in a PostgreSQL database of their own (ADR 005). Each write is one
 * statement that compares and sets: a mark never goes back, whoever writes it and however late.
 */
import type { MarkDatabase } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import type { HighWater, Mark } from "./high-water.ts";

/** @throws {StorageError} from reading and writing when that database is out of reach. */
export function sharedMarks(store: Store<MarkDatabase>): HighWater {
  async function read(origin: string): Promise<Mark | null> {
    const row = await store.read
      .selectFrom("high_water_marks")
      .select(["origin", "size", "root", "checkpoint"])
      .where("origin", "=", origin)
      .executeTakeFirst();
    return row ?? null;
  }

  return {
    read,
    async write(mark) {
      await store.transaction((trx) =>
        trx
          .insertInto("high_water_marks")
          .values(mark)
          .onConflict((conflict) =>
            conflict
              .column("origin")
              .doUpdateSet((eb) => ({
                size: eb.ref("excluded.size"),
                root: eb.ref("excluded.root"),
                checkpoint: eb.ref("excluded.checkpoint"),
              }))
              .whereRef("high_water_marks.size", "<", "excluded.size"),
          )
          .execute(),
      );
      return (await read(mark.origin)) ?? mark;
    },
  };
}
