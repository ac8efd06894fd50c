/**
 * The outbox table: events that were accepted and not yet delivered.
 *
 * A claim is a lease: rows carry the moment until which one forwarder has them, and only whoever holds
 * that very lease may say what became of them. Several processes may claim at once.
 */
import { sql, type Insertable, type Selectable, type Transaction } from "kysely";
import type { Database } from "../storage/schema.ts";
import type { Store } from "../storage/storage.ts";
import type { Place } from "./pauses.ts";

/** A row as it is queued first: nobody's, never tried. */
export type NewEvent = Insertable<Database["outbox"]>;

export interface ClaimedEvent {
  id: number;
  site: string;
  service: string;
  subject: Uint8Array;
  /** UTC day it was received. */
  day: string;
  /** Where the decision stands that let it in. */
  relied: { log: number; index: number };
  payload: string;
  /** Unix milliseconds, whole seconds. */
  occurredAt: number;
  /** Times it was claimed before and not handed back unsent. */
  attempts: number;
  /** An earlier claim ended without a word: its forwarder died, and what the vendor got is unknown. */
  lapsed: boolean;
}

export interface Claim {
  events: ClaimedEvent[];
  /** Names the lease, and is when it ends: Unix milliseconds. */
  leasedUntil: number;
}

/** Parameters of one statement stay far below what either engine allows. */
const rowsPerInsert = 500;

export async function enqueue(trx: Transaction<Database>, events: NewEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += rowsPerInsert) {
    const rows = events.slice(from, from + rowsPerInsert);
    await trx.insertInto("outbox").values(rows).execute();
  }
}

/**
 * Leases what is due. Of one visitor's events for one service only the earliest can be claimed, so
 * they leave in the order in which they came, and one that waits holds back nobody else's.
 * @param options `now` and `leasedUntil` in Unix milliseconds; `limit`: events at most; `except`: whose
 *   events stay where they are
 */
export function claimDue(
  store: Store<Database>,
  options: { now: number; leasedUntil: number; limit: number; except?: Place[] },
): Promise<Claim> {
  const { now, leasedUntil, limit, except = [] } = options;
  return store.transaction(async (trx) => {
    const due = await trx
      .selectFrom("outbox as o")
      .selectAll("o")
      .where("o.state", "=", "queued")
      .where("o.due_at", "<=", now)
      .where("o.leased_until", "<=", now)
      .where(({ and, or, eb }) =>
        and(
          except.map(({ site, service }) =>
            or([eb("o.site", "!=", site), eb("o.service", "!=", service)]),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("outbox as earlier")
              .select("earlier.id")
              .whereRef("earlier.subject", "=", "o.subject")
              .whereRef("earlier.service", "=", "o.service")
              .whereRef("earlier.site", "=", "o.site")
              .whereRef("earlier.id", "<", "o.id")
              .where("earlier.state", "=", "queued"),
          ),
        ),
      )
      .orderBy("o.due_at")
      .orderBy("o.id")
      .limit(limit)
      // Whoever waits for the lock looks again at what it locked: a row leased meanwhile is left out.
      .$if(store.engine === "postgres", (query) => query.forUpdate("o"))
      .execute();
    if (due.length === 0) return { events: [], leasedUntil };
    await trx
      .updateTable("outbox")
      .set((eb) => ({ leased_until: leasedUntil, attempts: eb("attempts", "+", 1) }))
      .where(
        "id",
        "in",
        due.map((row) => row.id),
      )
      .execute();
    return { events: due.map(toClaimed), leasedUntil };
  });
}

function toClaimed(row: Selectable<Database["outbox"]>): ClaimedEvent {
  const { id, site, service, subject, day, payload, attempts } = row;
  return {
    id,
    site,
    service,
    subject,
    day,
    relied: { log: row.log, index: row.idx },
    payload,
    occurredAt: row.occurred_at,
    attempts,
    // Whoever ends a claim resets the lease, so one that ran out was never ended.
    lapsed: row.leased_until > 0,
  };
}

/** When the next event that now waits becomes due, Unix milliseconds, or null. */
export async function nextDue(store: Store<Database>, now: number): Promise<number | null> {
  const row = await store.read
    .selectFrom("outbox")
    .select(
      sql<number | null>`min(case when due_at > leased_until then due_at else leased_until end)`.as(
        "at",
      ),
    )
    .where("state", "=", "queued")
    .where((eb) => eb.or([eb("due_at", ">", now), eb("leased_until", ">", now)]))
    .executeTakeFirst();
  return row?.at ?? null;
}
