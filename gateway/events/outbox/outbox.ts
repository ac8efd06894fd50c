/**
 * The outbox table: events that were accepted and not yet delivered.
 *
 * A claim is a lease: rows carry the moment until which one forwarder has them, and only whoever holds
 * that very lease may say what became of them. Several processes may claim at once.
 */
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { claimable, lease, type ClaimedEvent } from "./lease.ts";

/** One service of one site: what has a backlog, a circuit and a concurrency limit of its own. */
export interface Place {
  site: string;
  service: string;
}

export interface Claim {
  events: ClaimedEvent[];
  /** Names the lease, and is when it ends: Unix milliseconds. */
  leasedUntil: number;
}

/**
 * Leases what is due of one place. Of one visitor's events for one service only the earliest can be
 * claimed, so they leave in the order in which they came, and one that waits holds back nobody else's.
 * @param options `now` and `leasedUntil` in Unix milliseconds; `limit`: events at most
 */
export async function claimDue(
  store: Store<Database>,
  place: Place,
  options: { now: number; leasedUntil: number; limit: number },
): Promise<Claim> {
  const { now, leasedUntil, limit } = options;
  // Where few visitors have a long backlog, the search is long: it must not hold up those who write.
  const found = await claimable(store.read, place, now).select("o.id").limit(limit).execute();
  if (found.length === 0) return { events: [], leasedUntil };
  const ids = found.map(({ id }) => id);
  const lock = store.engine === "postgres";
  const events = await store.call(lease, { ids, now, leasedUntil, lock });
  // Others took all of them meanwhile: there may be more.
  return events.length > 0 ? { events, leasedUntil } : claimDue(store, place, options);
}

/**
 * Every place with something queued, and when its earliest becomes due: two steps in an index for each,
 * however much is queued.
 */
export async function placesQueued(store: Store<Database>): Promise<(Place & { dueAt: number })[]> {
  const first = store.read
    .selectFrom("outbox")
    .select(["site", "service", "due_at as dueAt"])
    .where("state", "=", "queued")
    .orderBy("site")
    .orderBy("service")
    .orderBy("due_at")
    .limit(1);
  const places: (Place & { dueAt: number })[] = [];
  let last: Place = { site: "", service: "" };
  for (;;) {
    // One comparison of pairs would say it too, but SQLite passes over every event of the last place then.
    const next =
      (await first
        .where("site", "=", last.site)
        .where("service", ">", last.service)
        .executeTakeFirst()) ?? (await first.where("site", ">", last.site).executeTakeFirst());
    if (!next) return places;
    places.push(next);
    last = next;
  }
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
