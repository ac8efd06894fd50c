/**
 * The outbox table: events that were accepted and not yet delivered.
 *
 * A claim is a lease: rows carry the moment until which one forwarder has them, and only whoever holds
 * that very lease may say what became of them. Several processes may claim at once.
 */
import { sql, type Insertable, type Kysely, type Selectable, type Transaction } from "kysely";
import type { Database } from "../storage/schema.ts";
import type { Store } from "../storage/storage.ts";

/** One service of one site: what has a backlog, a circuit and a concurrency limit of its own. */
export interface Place {
  site: string;
  service: string;
}

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
 * Leases what is due of one place. Of one visitor's events for one service only the earliest can be
 * claimed, so they leave in the order in which they came, and one that waits holds back nobody else's.
 * @param options `now` and `leasedUntil` in Unix milliseconds; `limit`: events at most
 */
export async function claimDue(
  store: Store<Database>,
  { site, service }: Place,
  options: { now: number; leasedUntil: number; limit: number },
): Promise<Claim> {
  const { now, leasedUntil, limit } = options;
  const claimable = (db: Kysely<Database>) =>
    db
      .selectFrom("outbox as o")
      .where("o.site", "=", site)
      .where("o.service", "=", service)
      .where("o.state", "=", "queued")
      .where("o.due_at", "<=", now)
      .where("o.leased_until", "<=", now)
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
      .orderBy("o.id");

  // Where few visitors have a long backlog, the search is long: it must not hold up those who write.
  const found = await claimable(store.read).select("o.id").limit(limit).execute();
  if (found.length === 0) return { events: [], leasedUntil };
  const ids = found.map(({ id }) => id);
  const claim = await store.transaction(async (trx) => {
    const due = await claimable(trx)
      .selectAll("o")
      .where("o.id", "in", ids)
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
  // Others took all of them meanwhile: there may be more.
  return claim.events.length > 0 ? claim : claimDue(store, { site, service }, options);
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

/**
 * Every place with something queued, and when its earliest becomes due: one step in an index for each,
 * however much is queued.
 */
export async function placesQueued(store: Store<Database>): Promise<(Place & { dueAt: number })[]> {
  const places: (Place & { dueAt: number })[] = [];
  for (let last: Place | undefined = { site: "", service: "" }; last; last = places.at(-1)) {
    const { site, service } = last;
    const next = await store.read
      .selectFrom("outbox")
      .select(["site", "service", "due_at as dueAt"])
      .where("state", "=", "queued")
      .where(sql<boolean>`(site, service) > (${site}, ${service})`)
      .orderBy("site")
      .orderBy("service")
      .orderBy("due_at")
      .limit(1)
      .executeTakeFirst();
    if (!next) break;
    places.push(next);
  }
  return places;
}

/** When the next event of a place that is not due yet becomes so, Unix milliseconds, or null. */
export async function nextDue(
  store: Store<Database>,
  { site, service }: Place,
  now: number,
): Promise<number | null> {
  const row = await store.read
    .selectFrom("outbox")
    .select("due_at")
    .where("state", "=", "queued")
    .where("site", "=", site)
    .where("service", "=", service)
    .where("due_at", ">", now)
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? null;
}
