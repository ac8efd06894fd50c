/**
 * Events that could not be delivered, for staff to look at, put back or throw away. What is kept of one is
 * the de-identified event and why it died; who it was is shown to nobody.
 */
import type { ExpressionBuilder } from "kysely";
import type { Clock } from "../../clock.ts";
import type { DeadReason } from "../../contract/staff/deliveries.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { addCounts, createTally } from "../accounts/counts.ts";
import { neutralEvent, type NeutralEvent } from "../intake/neutral.ts";

export interface DeadLetter {
  id: number;
  service: string;
  reason: DeadReason;
  /** Null when what is stored cannot be read. */
  event: NeutralEvent | null;
  /** Unix milliseconds. */
  occurredAt: number;
  diedAt: number;
  attempts: number;
}

/** Which of a site's dead letters; what is absent does not matter. */
export interface DeadLetterFilter {
  site: string;
  ids?: number[] | undefined;
  service?: string | undefined;
  reason?: DeadReason | undefined;
}

export interface DeadLetters {
  /**
   * The latest first.
   * @param page `before`: id that the page ends before; `limit`: how many at most
   */
  list(
    filter: DeadLetterFilter,
    page: { before?: number | undefined; limit: number },
  ): Promise<DeadLetter[]>;
  /**
   * Puts them back into the queue as if never tried. Consent is asked again at the exit, and what is too
   * old for its vendor dies again. One that may have been counted (`unknown_outcome`) may be counted twice.
   * @returns how many
   */
  replay(filter: DeadLetterFilter): Promise<number>;
  /** Deletes them. @returns how many */
  discard(filter: DeadLetterFilter): Promise<number>;
}

/** Of one transaction: a whole outage's letters go in several. */
const atOnce = 1000;

/** @param deps `onQueued`: the forwarder's `wake` */
export function openDeadLetters(deps: {
  storage: { main: Store<Database> };
  clock: Clock;
  onQueued: () => void;
}): DeadLetters {
  const { clock, onQueued } = deps;
  const { main } = deps.storage;

  /** The ids of a step, locked in one order, so that each is moved by one of two who ask. */
  async function some(filter: DeadLetterFilter, work: Work): Promise<number> {
    return main.transaction(async (trx) => {
      const rows = await trx
        .selectFrom("outbox")
        .select("id")
        .where((eb) => matches(eb, filter))
        .orderBy("id")
        .limit(atOnce)
        .$if(main.engine === "postgres", (query) => query.forUpdate())
        .execute();
      if (rows.length > 0)
        await work(
          trx,
          rows.map(({ id }) => id),
        );
      return rows.length;
    });
  }

  async function all(filter: DeadLetterFilter, work: Work): Promise<number> {
    let total = 0;
    for (let count = atOnce; count === atOnce; total += count) count = await some(filter, work);
    return total;
  }

  return {
    async list(filter, { before, limit }) {
      const rows = await main.read
        .selectFrom("outbox")
        .select(["id", "service", "reason", "payload", "occurred_at", "due_at", "attempts"])
        .where((eb) => matches(eb, filter))
        .$if(before !== undefined, (query) => query.where("id", "<", before!))
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ payload, reason, occurred_at, due_at, ...row }) => ({
        ...row,
        reason: reason as DeadReason,
        event: readable(payload),
        occurredAt: occurred_at,
        diedAt: due_at,
      }));
    },
    async replay(filter) {
      const replayed = await all(filter, async (trx, ids) => {
        const rows = await trx
          .updateTable("outbox")
          .set({ state: "queued", reason: null, due_at: clock.now(), leased_until: 0, attempts: 0 })
          .where("id", "in", ids)
          .returning(["site", "service", "day"])
          .execute();
        const tally = createTally("");
        for (const { site, service, day } of rows) tally.add(site, service, "replayed", 1, day);
        await addCounts(trx, tally.rows());
      });
      if (replayed > 0) onQueued();
      return replayed;
    },
    discard: (filter) =>
      all(filter, async (trx, ids) => {
        await trx.deleteFrom("outbox").where("id", "in", ids).execute();
      }),
  };
}

type Work = (
  trx: Parameters<Parameters<Store<Database>["transaction"]>[0]>[0],
  ids: number[],
) => Promise<void>;

function matches(
  { and, eb }: ExpressionBuilder<Database, "outbox">,
  { site, ids, service, reason }: DeadLetterFilter,
) {
  return and([
    eb("state", "=", "dead"),
    eb("site", "=", site),
    ...(ids ? [eb("id", "in", ids)] : []),
    ...(service === undefined ? [] : [eb("service", "=", service)]),
    ...(reason === undefined ? [] : [eb("reason", "=", reason)]),
  ]);
}

function readable(payload: string): NeutralEvent | null {
  try {
    return neutralEvent.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}

/**
 * Deletes dead letters nobody dealt with.
 * @param before Unix milliseconds: those that died earlier
 */
export async function expireDeadLetters(store: Store<Database>, before: number): Promise<void> {
  await store.transaction((trx) =>
    trx.deleteFrom("outbox").where("state", "=", "dead").where("due_at", "<", before).execute(),
  );
}
