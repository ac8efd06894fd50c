/** Legal holds: a subject whose records a dispute or an authority needs is not erased, by nobody. */
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import type { SubjectKeys, SubjectName } from "../subject-keys.ts";
import { takeTurn } from "./erase-records.ts";

export interface Hold {
  id: number;
  reason: string;
  /** Id of the access key that set it. */
  keyId: string;
  /** Unix milliseconds. */
  heldAt: number;
}

export interface Holds {
  /** Holds a subject; the hold it already has when there is one; null for an unknown or erased one. */
  set(subject: SubjectName, why: Pick<Hold, "reason" | "keyId">): Promise<Hold | null>;
  /** @returns false when the site has no such hold. */
  lift(site: string, id: number): Promise<boolean>;
  /** Those of a site, the newest first. */
  list(site: string): Promise<Hold[]>;
}

export function openHolds(deps: {
  main: Store<Database>;
  keys: Pick<SubjectKeys, "find">;
  clock: Clock;
}): Holds {
  const { main, keys, clock } = deps;
  const columns = ["id", "reason", "key_id as keyId", "held_at as heldAt"] as const;
  return {
    async set(name, { reason, keyId }) {
      const subject = await keys.find(name);
      if (!subject) return null;
      const { site } = name;
      return main.transaction(async (trx) => {
        await takeTurn(trx, main.engine, site);
        const erasure = await trx
          .selectFrom("erasures")
          .select("id")
          .where("subject", "=", subject)
          .executeTakeFirst();
        if (erasure) return null;
        await trx
          .insertInto("legal_holds")
          .values({ site, subject, reason, key_id: keyId, held_at: clock.now() })
          .onConflict((conflict) => conflict.column("subject").doNothing())
          .execute();
        return trx
          .selectFrom("legal_holds")
          .select(columns)
          .where("subject", "=", subject)
          .executeTakeFirstOrThrow();
      });
    },
    async lift(site, id) {
      const lifted = await main.transaction((trx) =>
        trx
          .deleteFrom("legal_holds")
          .where("site", "=", site)
          .where("id", "=", id)
          .executeTakeFirst(),
      );
      return lifted.numDeletedRows > 0n;
    },
    list: (site) =>
      main.read
        .selectFrom("legal_holds")
        .select(columns)
        .where("site", "=", site)
        .orderBy("id", "desc")
        .execute(),
  };
}
