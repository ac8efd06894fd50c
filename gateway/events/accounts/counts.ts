/**
 * Reconciliation: what became of events, counted in the transaction that makes it so, under the day the
 * event was received. balance.ts says how the counts add up.
 */
import type { Transaction } from "kysely";
import type { RefusalReason } from "../../contract/events.ts";
import type { DropReason } from "../../privacy/drop.ts";
import type { Database } from "../../storage/schema.ts";
import { inPieces } from "../../storage/shapes.ts";

export type Outcome =
  | RefusalReason
  | "received"
  | "accepted"
  /** A backend sent it again under the same id. */
  | "duplicate"
  /** The destination lies abroad and its notification is not attested. */
  | "destination_off"
  /** Values, not events: given, and not kept. */
  | `value_${DropReason}`
  | "delivered"
  | "dropped_at_exit"
  | "dead"
  /** Dead letters that staff put back into the queue. */
  | "replayed"
  /** Attempts, not events: the vendor did not take it now, and it is sent again. */
  | "failed";

/** In place of a service: events as they came, before destinations were looked at. */
export const everyService = "*";

/** One count, as it is added to what was counted before. */
export interface Counted {
  site: string;
  service: string;
  /** UTC day of reception. */
  day: string;
  outcome: Outcome;
  count: number;
}

export interface Tally {
  /** @param day of reception, when it is not the tally's own */
  add(site: string, service: string, outcome: Outcome, count?: number, day?: string): void;
  merge(other: Tally): void;
  /** Sorted, so that transactions of several processes lock rows in one order. */
  rows(): Counted[];
}

/** @param today UTC day of whatever is not counted under another one */
export function createTally(today: string): Tally {
  const counts = new Map<string, Counted>();
  const add: Tally["add"] = (site, service, outcome, count = 1, day = today) => {
    if (count === 0) return;
    const key = `${site}\0${service}\0${day}\0${outcome}`;
    const row = counts.get(key);
    if (row) row.count += count;
    else counts.set(key, { site, service, day, outcome, count });
  };
  return {
    add,
    merge: (other) => {
      for (const row of other.rows()) add(row.site, row.service, row.outcome, row.count, row.day);
    },
    rows: () => [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  };
}

/** @param counts rows of a tally */
export async function addCounts(trx: Transaction<Database>, counts: Counted[]): Promise<void> {
  for (const piece of inPieces(counts))
    await trx
      .insertInto("event_counts")
      .values(piece)
      .onConflict((conflict) =>
        conflict.columns(["site", "service", "day", "outcome"]).doUpdateSet((eb) => ({
          count: eb("event_counts.count", "+", eb.ref("excluded.count")),
        })),
      )
      .execute();
}
