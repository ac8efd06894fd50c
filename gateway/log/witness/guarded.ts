/** What witnesses saw counts like a high-water mark: a log they contradict is not signed. */
import type { Guard } from "../guard.ts";
import { IntegrityError } from "../tree/integrity.ts";
import { contradiction } from "./witnesses.ts";

type Checks = Pick<Guard, "check" | "raise" | "mark">;

/**
 * @param guard by high-water marks, or null where there are none.
 * @param keys verifier keys of the witnesses that are configured: what a former one said counts no more.
 */
export function heedWitnesses(guard: Checks | null, keys: string[]): Checks | null {
  if (keys.length === 0) return guard;
  return {
    raise: async (...mark) => guard?.raise(...mark),
    mark: async (origin) => (await guard?.mark(origin)) ?? null,
    async check(db, log) {
      await guard?.check(db, log);
      const found = await db
        .selectFrom("witness_views")
        .select("conflict")
        .where("log", "=", log.log)
        .where("witness", "in", keys)
        .where("conflict", "is not", null)
        .executeTakeFirst();
      if (found?.conflict != null)
        throw new IntegrityError("rolled_back", contradiction(found.conflict));
    },
  };
}
