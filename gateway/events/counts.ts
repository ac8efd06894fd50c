/**
 * Reconciliation: what became of events, counted in the transaction that makes it so. For a service,
 * `accepted` = `delivered` + `dropped_at_exit` + `dead` + what is still queued.
 */
import type { Transaction } from "kysely";
import type { RefusalReason } from "../contract/events.ts";
import type { DropReason } from "../privacy/drop.ts";
import { utcDay } from "../privacy/pseudonym.ts";
import type { Database } from "../storage/schema.ts";

type Outcome =
  | RefusalReason
  | "received"
  | "accepted"
  /** The destination lies abroad and its notification is not attested. */
  | "destination_off"
  /** Values, not events: given, and not kept. */
  | `value_${DropReason}`
  | "delivered"
  | "dropped_at_exit"
  | "dead";

/** In place of a service: what was refused before destinations were looked at. */
export const everyService = "*";

export interface Tally {
  add(site: string, service: string, outcome: Outcome, count?: number): void;
  merge(other: Tally): void;
  rows(): { site: string; service: string; outcome: Outcome; count: number }[];
}

export function createTally(): Tally {
  const counts = new Map<string, ReturnType<Tally["rows"]>[number]>();
  const add: Tally["add"] = (site, service, outcome, count = 1) => {
    if (count === 0) return;
    const key = `${site}\0${service}\0${outcome}`;
    const row = counts.get(key);
    if (row) row.count += count;
    else counts.set(key, { site, service, outcome, count });
  };
  return {
    add,
    merge: (other) => {
      for (const row of other.rows()) add(row.site, row.service, row.outcome, row.count);
    },
    // Sorted, so that transactions of several processes lock rows in one order.
    rows: () => [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  };
}

/** @param now Unix milliseconds; the UTC day things are counted under */
export async function addCounts(
  trx: Transaction<Database>,
  tally: Tally,
  now: number,
): Promise<void> {
  const rows = tally.rows();
  if (rows.length === 0) return;
  const day = utcDay(now);
  await trx
    .insertInto("event_counts")
    .values(
      rows.map(({ site, service, outcome, count }) => ({ site, service, day, outcome, count })),
    )
    .onConflict((conflict) =>
      conflict.columns(["site", "service", "day", "outcome"]).doUpdateSet((eb) => ({
        count: eb("event_counts.count", "+", eb.ref("excluded.count")),
      })),
    )
    .execute();
}
