/**
 * The end of a claim: what became of each event, written with its counts and the delivery ledger in
 * one transaction. Only rows that still carry the claim's lease are touched and counted; what another
 * forwarder took over meanwhile is for that one to tell.
 */
import type { Transaction } from "kysely";
import { utcDay } from "../../privacy/pseudonym.ts";
import type { DeadReason } from "../../contract/staff/deliveries.ts";
import type { Database } from "../../storage/schema.ts";
import { inList, inPieces } from "../../storage/shapes.ts";
import type { Procedure } from "../../storage/storage.ts";
import { addCounts, createTally } from "../accounts/counts.ts";
import type { ClaimedEvent } from "./lease.ts";

/** Which decision a delivery relied on. */
interface Basis {
  log: number;
  index: number;
}

export type Settlement =
  | { kind: "delivered"; basis: Basis }
  /** The consent is not there now: the event is deleted. */
  | { kind: "dropped" }
  | { kind: "retry"; dueAt: number }
  /** Handed back without having been sent. */
  | { kind: "unsent"; dueAt: number }
  | { kind: "dead"; reason: DeadReason };

/** What became of one event; of the event, only what has to be written down. */
export interface Settled {
  event: Pick<ClaimedEvent, "id" | "site" | "service" | "day" | "lapsed">;
  settlement: Settlement;
}

export function settledAs(
  { id, site, service, day, lapsed }: ClaimedEvent,
  settlement: Settlement,
): Settled {
  return { event: { id, site, service, day, lapsed }, settlement };
}

interface Ending {
  /** The claim's lease. */
  leasedUntil: number;
  settled: Settled[];
  /** Unix milliseconds; its UTC day is the one that the ledger names. */
  now: number;
}

export const settle: Procedure<Database, Ending, void> = {
  module: import.meta.url,
  name: "settle",
  async run(trx, { leasedUntil, settled, now }) {
    const today = utcDay(now);
    const tally = createTally(today);
    const held = await removeFinished(trx, leasedUntil, settled);
    await putBack(trx, leasedUntil, settled);
    for (const { site, service, day } of await bury(trx, leasedUntil, settled, now))
      tally.add(site, service, "dead", 1, day);
    const deliveries = new Map<string, Database["deliveries"]>();
    for (const { event, settlement } of settled) {
      if (settlement.kind === "retry") tally.add(event.site, event.service, "failed", 1, event.day);
      if (!held.has(event.id)) continue;
      const delivered = settlement.kind === "delivered";
      const outcome = delivered ? "delivered" : "dropped_at_exit";
      tally.add(event.site, event.service, outcome, 1, event.day);
      if (delivered) addDelivery(deliveries, event, settlement.basis, today);
    }
    await writeDeliveries(trx, deliveries);
    await addCounts(trx, tally.rows());
  },
};

/** Deletes what needs no further look; answers with the ids that were ours to delete. */
async function removeFinished(
  trx: Transaction<Database>,
  leasedUntil: number,
  settled: Settled[],
): Promise<Set<number>> {
  const ids = settled
    .filter(({ settlement }) => settlement.kind === "delivered" || settlement.kind === "dropped")
    .map(({ event }) => event.id);
  if (ids.length === 0) return new Set();
  const removed = await trx
    .deleteFrom("outbox")
    .where("id", "in", inList(ids))
    .where("leased_until", "=", leasedUntil)
    .returning("id")
    .execute();
  return new Set(removed.map((row) => row.id));
}

/**
 * Returns to the queue what shall be sent later. What waits out one pause goes back in one statement;
 * retries have moments of their own.
 */
async function putBack(
  trx: Transaction<Database>,
  leasedUntil: number,
  settled: Settled[],
): Promise<void> {
  const waiting = settled.flatMap(({ event, settlement }) => {
    if (settlement.kind !== "retry" && settlement.kind !== "unsent") return [];
    const unsent = settlement.kind === "unsent";
    return [{ id: event.id, dueAt: settlement.dueAt, unsent, lapsed: unsent && event.lapsed }];
  });
  const alike = Map.groupBy(waiting, ({ dueAt, unsent, lapsed }) => `${dueAt} ${unsent} ${lapsed}`);
  for (const events of alike.values()) {
    const { dueAt, unsent, lapsed } = events[0]!;
    await trx
      .updateTable("outbox")
      .set((eb) => ({
        // Any lease in the past keeps the mark that an earlier claim ended without a word.
        leased_until: lapsed ? 1 : 0,
        due_at: dueAt,
        // The claim counted itself.
        attempts: eb("attempts", "-", unsent ? 1 : 0),
      }))
      .where("id", "in", inList(events.map(({ id }) => id)))
      .where("leased_until", "=", leasedUntil)
      .execute();
  }
}

/** Keeps what can never be delivered for staff to see; answers with what was ours to bury. */
async function bury(
  trx: Transaction<Database>,
  leasedUntil: number,
  settled: Settled[],
  now: number,
): Promise<Pick<ClaimedEvent, "site" | "service" | "day">[]> {
  const dead = settled.flatMap(({ event, settlement }) =>
    settlement.kind === "dead" ? [{ id: event.id, reason: settlement.reason }] : [],
  );
  const buried = [];
  for (const [reason, events] of Map.groupBy(dead, (event) => event.reason)) {
    const rows = await trx
      .updateTable("outbox")
      .set({ leased_until: 0, state: "dead", reason, due_at: now })
      .where("id", "in", inList(events.map(({ id }) => id)))
      .where("leased_until", "=", leasedUntil)
      .returning(["site", "service", "day"])
      .execute();
    buried.push(...rows);
  }
  return buried;
}

function addDelivery(
  deliveries: Map<string, Database["deliveries"]>,
  { site, service }: Settled["event"],
  { log, index }: Basis,
  day: string,
): void {
  const key = `${site}\0${service}\0${log}\0${index}`;
  const row = deliveries.get(key) ?? { site, service, day, log, idx: index, count: 0 };
  deliveries.set(key, { ...row, count: row.count + 1 });
}

async function writeDeliveries(
  trx: Transaction<Database>,
  deliveries: Map<string, Database["deliveries"]>,
): Promise<void> {
  const inOneOrder = [...deliveries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  for (const piece of inPieces(inOneOrder))
    await trx
      .insertInto("deliveries")
      .values(piece)
      .onConflict((conflict) =>
        conflict.columns(["site", "service", "day", "log", "idx"]).doUpdateSet((eb) => ({
          count: eb("deliveries.count", "+", eb.ref("excluded.count")),
        })),
      )
      .execute();
}
