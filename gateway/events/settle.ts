/**
 * The end of a claim: what became of each event, written with its counts and the delivery ledger in
 * one transaction. Only rows that still carry the claim's lease are touched and counted; what another
 * forwarder took over meanwhile is for that one to tell.
 */
import type { Transaction } from "kysely";
import { utcDay } from "../privacy/pseudonym.ts";
import type { Database } from "../storage/schema.ts";
import type { Store } from "../storage/storage.ts";
import { addCounts, createTally } from "./counts.ts";
import type { Claim, ClaimedEvent } from "./outbox.ts";

/** Why an event can never be delivered. A closed list: these words are shown to staff. */
export type DeadReason =
  | "too_old"
  | "unreadable"
  | "refused_by_vendor"
  | "failed_at_vendor"
  /** The request left and no answer came: sending it again might count it twice. */
  | "unknown_outcome";

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

export type Settled = { event: ClaimedEvent; settlement: Settlement }[];

/** @param now Unix milliseconds; the UTC day that counts and ledger name */
export function settle(
  store: Store<Database>,
  { leasedUntil }: Pick<Claim, "leasedUntil">,
  settled: Settled,
  now: number,
): Promise<void> {
  return store.transaction(async (trx) => {
    const tally = createTally();
    const held = await removeFinished(trx, leasedUntil, settled);
    const deliveries = new Map<string, Database["deliveries"]>();
    for (const { event, settlement } of settled) {
      if (settlement.kind === "retry" || settlement.kind === "unsent") {
        await putBack(trx, leasedUntil, event, settlement);
      } else if (settlement.kind === "dead") {
        const buried = await bury(trx, leasedUntil, event, settlement.reason);
        if (buried) tally.add(event.site, event.service, "dead");
      } else if (held.has(event.id)) {
        const delivered = settlement.kind === "delivered";
        tally.add(event.site, event.service, delivered ? "delivered" : "dropped_at_exit");
        if (delivered) addDelivery(deliveries, event, settlement.basis, utcDay(now));
      }
    }
    await writeDeliveries(trx, deliveries);
    await addCounts(trx, tally, now);
  });
}

/** Deletes what needs no further look; answers with the ids that were ours to delete. */
async function removeFinished(
  trx: Transaction<Database>,
  leasedUntil: number,
  settled: Settled,
): Promise<Set<number>> {
  const ids = settled
    .filter(({ settlement }) => settlement.kind === "delivered" || settlement.kind === "dropped")
    .map(({ event }) => event.id);
  if (ids.length === 0) return new Set();
  const removed = await trx
    .deleteFrom("outbox")
    .where("id", "in", ids)
    .where("leased_until", "=", leasedUntil)
    .returning("id")
    .execute();
  return new Set(removed.map((row) => row.id));
}

async function putBack(
  trx: Transaction<Database>,
  leasedUntil: number,
  event: ClaimedEvent,
  { kind, dueAt }: Settlement & { kind: "retry" | "unsent" },
): Promise<void> {
  await trx
    .updateTable("outbox")
    .set({
      // Any lease in the past keeps the mark that an earlier claim ended without a word.
      leased_until: kind === "unsent" && event.lapsed ? 1 : 0,
      due_at: dueAt,
      attempts: kind === "unsent" ? event.attempts : event.attempts + 1,
    })
    .where("id", "=", event.id)
    .where("leased_until", "=", leasedUntil)
    .execute();
}

async function bury(
  trx: Transaction<Database>,
  leasedUntil: number,
  event: ClaimedEvent,
  reason: DeadReason,
): Promise<boolean> {
  const result = await trx
    .updateTable("outbox")
    .set({ leased_until: 0, state: "dead", reason })
    .where("id", "=", event.id)
    .where("leased_until", "=", leasedUntil)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

function addDelivery(
  deliveries: Map<string, Database["deliveries"]>,
  { site, service }: ClaimedEvent,
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
  if (deliveries.size === 0) return;
  const inOneOrder = [...deliveries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await trx
    .insertInto("deliveries")
    .values(inOneOrder)
    .onConflict((conflict) =>
      conflict.columns(["site", "service", "day", "log", "idx"]).doUpdateSet((eb) => ({
        count: eb("deliveries.count", "+", eb.ref("excluded.count")),
      })),
    )
    .execute();
}
