/** Accepted events on their way into the outbox, with their counts. */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { inPieces } from "../../storage/shapes.ts";
import type { Procedure } from "../../storage/storage.ts";
import { addCounts, type Counted } from "../accounts/counts.ts";

/** An event as it is queued first. It crosses threads, where many small arrays are dear. */
export interface NewEvent {
  site: string;
  service: string;
  /** Subject reference, hexadecimal. */
  subject: string;
  /** Where the decision stands that let it in. */
  relied: { log: number; index: number };
  /** UTC day it was received. */
  day: string;
  /** De-identified event, JSON. */
  payload: string;
  /** Unix milliseconds, whole seconds. */
  occurredAt: number;
  /** Unix milliseconds: it is due at once. */
  receivedAt: number;
}

export async function enqueue(trx: Transaction<Database>, events: NewEvent[]): Promise<void> {
  const rows = events.map(({ site, service, subject, relied, day, payload, ...at }) => ({
    site,
    service,
    subject: Buffer.from(subject, "hex"),
    log: relied.log,
    idx: relied.index,
    payload,
    day,
    occurred_at: at.occurredAt,
    due_at: at.receivedAt,
    // Nobody's, never tried.
    leased_until: 0,
    attempts: 0,
    state: "queued",
    reason: null,
  }));
  for (const piece of inPieces(rows)) await trx.insertInto("outbox").values(piece).execute();
}

/** What one commit of taking in consists of. */
interface TakenIn {
  events: NewEvent[];
  counts: Counted[];
}

export const takeIn: Procedure<Database, TakenIn, void> = {
  module: import.meta.url,
  name: "takeIn",
  async run(trx, { events, counts }) {
    await enqueue(trx, events);
    await addCounts(trx, counts);
  },
};
