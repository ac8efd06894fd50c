/**
 * What each witness is known to have cosigned, and who may ask it next: of several gateways the one that
 * moves `due_at` on, by comparing it.
 */
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import type { Cosignature } from "./cosignature.ts";

/** A log as a witness knows it, beside the log as it is. */
export interface WitnessView {
  log: number;
  origin: string;
  /** What the log signed last. */
  signed: number;
  /** What the witness cosigned last, as far as we know. */
  size: number;
  dueAt: number;
  failures: number;
  conflict: number | null;
  /** Nothing is signed of it any more. */
  isClosed: boolean;
}

export interface Views {
  /** Every log that was signed and is not dropped, as one witness knows it. @param key its verifier key. */
  list(key: string): Promise<WitnessView[]>;
  /** What a log signed last; 0 when nothing. */
  signedSize(log: number): Promise<number>;
  /** Takes the next turn, for as long as `until`; false when another gateway has it. */
  claim(key: string, view: WitnessView, until: number): Promise<boolean>;
  /** Notes what came of a turn, and with it when the next one is. */
  settle(key: string, view: WitnessView): Promise<void>;
  /** Notes a cosignature of a size, once. */
  keep(key: string, log: number, size: number, cosignature: Cosignature): Promise<void>;
}

export function openViews(main: Store<Database>): Views {
  return {
    async list(key) {
      const rows = await main.read
        .selectFrom("trees")
        .innerJoin("logs", "logs.id", "trees.log")
        .leftJoin("witness_views as seen", (join) =>
          join.onRef("seen.log", "=", "trees.log").on("seen.witness", "=", key),
        )
        .select(["trees.log", "logs.origin", "trees.size as signed"])
        .select(["seen.size", "seen.due_at", "seen.failures", "seen.conflict", "logs.closed_at"])
        .where("trees.size", ">", 0)
        // A log that was lost will never again be what the witness saw, and of a dropped one nothing is proved.
        .where((eb) => eb.or([eb("logs.closed_by", "is", null), eb("logs.closed_by", "=", "year")]))
        .where("logs.dropped_at", "is", null)
        .orderBy("trees.log")
        .execute();
      return rows.map(({ log, origin, signed, closed_at, ...seen }) => ({
        log,
        origin,
        signed,
        size: seen.size ?? 0,
        dueAt: seen.due_at ?? 0,
        failures: seen.failures ?? 0,
        conflict: seen.conflict,
        isClosed: closed_at !== null,
      }));
    },
    async signedSize(log) {
      const trees = main.read.selectFrom("trees").select("size").where("log", "=", log);
      return (await trees.executeTakeFirst())?.size ?? 0;
    },
    claim: (key, { log, dueAt }, until) =>
      main.transaction(async (trx) => {
        await trx
          .insertInto("witness_views")
          .values({ log, witness: key, size: 0, due_at: 0, failures: 0, conflict: null })
          .onConflict((conflict) => conflict.columns(["log", "witness"]).doNothing())
          .execute();
        const { numUpdatedRows } = await trx
          .updateTable("witness_views")
          .set({ due_at: until })
          .where("log", "=", log)
          .where("witness", "=", key)
          .where("due_at", "=", dueAt)
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),
    async settle(key, { log, size, dueAt, failures, conflict }) {
      await main.transaction((trx) =>
        trx
          .updateTable("witness_views")
          .set({ size, due_at: dueAt, failures, conflict })
          .where("log", "=", log)
          .where("witness", "=", key)
          .execute(),
      );
    },
    async keep(key, log, size, { time, signature }) {
      await main.transaction((trx) =>
        trx
          .insertInto("cosignatures")
          .values({ log, size, witness: key, time, signature })
          .onConflict((conflict) => conflict.columns(["log", "size", "witness"]).doNothing())
          .execute(),
      );
    },
  };
}
