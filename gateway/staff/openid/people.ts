/**
 * People who signed in through the provider: their number in the audit trail, what the provider calls
 * them, and the entry of the roles that let them in. Kept as long as the trail names them.
 *
 * What they may do is never stored: it follows from that entry as the settings have it now, so an entry
 * that is changed or removed counts from the gateway's next start, for running sessions as well.
 */
import { randomBytes } from "node:crypto";
import type { Selectable } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Holder } from "../keys.ts";
import type { OpenIdSettings } from "./settings.ts";

/** Somebody the provider vouches for, who has a role here. */
export interface Identity {
  issuer: string;
  subject: string;
  label: string;
  /** Value of the entry of the roles. */
  entitlement: string;
}

type PersonRow = Pick<
  Selectable<Database["staff_people"]>,
  "id" | "label" | "issuer" | "entitlement"
>;

export interface People {
  /** Notes who came in. @returns the person's number, the same each time */
  cameIn(identity: Identity): Promise<string>;
  /** What a person may do now; null when the settings have no such provider or entry. */
  holderOf(person: PersonRow): Holder | null;
}

export function openPeople(deps: {
  storage: Storage;
  clock: Clock;
  openId: OpenIdSettings | null;
}): People {
  const { openId } = deps;
  return {
    async cameIn(identity) {
      const seen = { ...identity, signed_in_at: deps.clock.now() };
      const { id } = await deps.storage.main.transaction((trx) =>
        trx
          .insertInto("staff_people")
          .values({ id: randomBytes(8).toString("hex"), ...seen })
          .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doUpdateSet(seen))
          .returning("id")
          .executeTakeFirstOrThrow(),
      );
      return id;
    },
    holderOf({ id, label, issuer, entitlement }) {
      if (openId?.issuer !== issuer) return null;
      const entry = openId.roles.find(({ value }) => value === entitlement);
      if (!entry) return null;
      return { keyId: id, label, role: entry.role, sites: entry.sites ?? null, isPerson: true };
    },
  };
}
