/** What witnesses saw counts like a high-water mark: a log they contradict is not signed. */
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import type { Guard } from "../guard/guard.ts";
import { IntegrityError } from "../tree/integrity.ts";
import { contradiction } from "./witnesses.ts";

/**
 * @param guard by high-water marks, or null where there are none.
 * @param keys verifier keys of the witnesses that are configured: what a former one said counts no more.
 */
export function heedWitnesses(guard: Guard | null, keys: string[]): Guard | null {
  if (keys.length === 0) return guard;

  async function heed(db: Kysely<Database>, log: number): Promise<void> {
    const found = await db
      .selectFrom("witness_views")
      .select("conflict")
      .where("log", "=", log)
      .where("witness", "in", keys)
      .where("conflict", "is not", null)
      .executeTakeFirst();
    if (found?.conflict != null)
      throw new IntegrityError("rolled_back", contradiction(found.conflict));
  }

  return {
    raise: async (mark) => guard?.raise(mark),
    mark: async (origin) => (await guard?.mark(origin)) ?? null,
    async check(db, log) {
      await guard?.check(db, log);
      await heed(db, log.log);
    },
    async adopt(db, log) {
      await heed(db, log.log);
      await guard?.adopt(db, log);
    },
  };
}
