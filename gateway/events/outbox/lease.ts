/** Taking rows of the outbox for one forwarder, for a while. */
import type { Kysely, Selectable } from "kysely";
import { hex } from "../../log/bytes.ts";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";
import type { Procedure } from "../../storage/storage.ts";
import type { Place } from "./outbox.ts";

export interface ClaimedEvent {
  id: number;
  site: string;
  service: string;
  /** Subject reference, hexadecimal. */
  subject: string;
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

/** What may be claimed of a place now: of each visitor the earliest event, if it is due and nobody's. */
export function claimable(db: Kysely<Database>, { site, service }: Place, now: number) {
  return earliest(db)
    .where("o.site", "=", site)
    .where("o.service", "=", service)
    .where("o.state", "=", "queued")
    .where("o.due_at", "<=", now)
    .where("o.leased_until", "<=", now);
}

/** Events before which nothing of the same visitor waits for the same service. */
function earliest(db: Kysely<Database>) {
  return db
    .selectFrom("outbox as o")
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
}

interface Lease {
  /** What a search found. */
  ids: number[];
  /** Unix milliseconds. */
  now: number;
  leasedUntil: number;
  /** Where others may write at the same time, rows have to be locked before they are changed. */
  lock: boolean;
}

/** Takes those of the rows that are still to be had. */
export const lease: Procedure<Database, Lease, ClaimedEvent[]> = {
  module: import.meta.url,
  name: "lease",
  async run(trx, { ids, now, leasedUntil, lock }) {
    const found = await earliest(trx)
      .selectAll("o")
      .where("o.id", "in", inList(ids))
      // Whoever waits for the lock looks again at what it locked: a row leased meanwhile is left out.
      .$if(lock, (query) => query.forUpdate("o"))
      .execute();
    // Not asked of SQLite, which would rather read all that is queued than these rows by their ids.
    const due = found.filter(
      (row) => row.state === "queued" && row.due_at <= now && row.leased_until <= now,
    );
    if (due.length === 0) return [];
    await trx
      .updateTable("outbox")
      .set((eb) => ({ leased_until: leasedUntil, attempts: eb("attempts", "+", 1) }))
      .where("id", "in", inList(due.map(({ id }) => id)))
      .execute();
    return due.map(toClaimed);
  },
};

function toClaimed(row: Selectable<Database["outbox"]>): ClaimedEvent {
  const { id, site, service, subject, day, payload, attempts } = row;
  return {
    id,
    site,
    service,
    subject: hex(subject),
    day,
    relied: { log: row.log, index: row.idx },
    payload,
    occurredAt: row.occurred_at,
    attempts,
    // Whoever ends a claim resets the lease, so one that ran out was never ended.
    lapsed: row.leased_until > 0,
  };
}
