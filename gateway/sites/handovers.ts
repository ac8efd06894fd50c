/**
 * Choices on their way between a site's domains. A code is random, counts once and for two minutes, for one
 * site and one origin; only its hash is kept, and with it nothing that says whose choice it is.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { HandedChoice } from "../contract/handover.ts";
import type { Storage } from "../storage/storage.ts";

/** Milliseconds between the click on a link and the page it leads to. */
export const handoverLife = 120_000;

/** Where a code counts. */
interface Destination {
  site: string;
  origin: string;
}

export interface Handovers {
  /** @returns the code, which is not kept */
  issue(destination: Destination, choice: HandedChoice): Promise<string>;
  /** @returns null for a code that is unknown here, used or too old */
  redeem(destination: Destination, code: string): Promise<HandedChoice | null>;
}

export function openHandovers({ storage, clock }: { storage: Storage; clock: Clock }): Handovers {
  const { main } = storage;
  const digest = (code: string) =>
    new Uint8Array(createHash("sha256").update(`soglas/handover/v1\n${code}`).digest());

  return {
    async issue({ site, origin }, choice) {
      const code = randomBytes(16).toString("base64url");
      const now = clock.now();
      const row = { code: digest(code), site, origin, choice: JSON.stringify(choice) };
      await main.transaction(async (trx) => {
        await trx.deleteFrom("handovers").where("expires_at", "<=", now).execute();
        await trx
          .insertInto("handovers")
          .values({ ...row, expires_at: now + handoverLife })
          .execute();
      });
      return code;
    },

    async redeem({ site, origin }, code) {
      const now = clock.now();
      return main.transaction(async (trx) => {
        await trx.deleteFrom("handovers").where("expires_at", "<=", now).execute();
        const taken = await trx
          .deleteFrom("handovers")
          .where("code", "=", digest(code))
          .where("site", "=", site)
          .where("origin", "=", origin)
          .returning("choice")
          .executeTakeFirst();
        return taken ? (JSON.parse(taken.choice) as HandedChoice) : null;
      });
    },
  };
}
