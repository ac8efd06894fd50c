/**
 * The erasure of one subject, in an order in which every interruption can be taken up again:
 *
 * 1. one transaction of the main database: the withdrawal is logged, queued events are purged, subject
 *    halves and references go;
 * 2. the row of the key store goes: key and mapping;
 * 3. later, once no append that had looked the key up before can still be under way, the first step again
 *    for what such a one has left, and the work row forgets the subject.
 */
import type { Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Storage } from "../../storage/storage.ts";
import { encodeDecision, grants } from "../decision-half.ts";
import type { DecisionTails } from "../sequencer/decision-tails.ts";
import { decisionsInForce } from "../in-force.ts";
import { insertRecords } from "../sequencer/insert.ts";
import { newestRecords } from "../sequencer/previous.ts";
import type { LogReader } from "../reader.ts";
import { drawRandom, makeRecord, prepare, type Prepared } from "../record.ts";
import type { SubjectKeys } from "../subject-keys.ts";
import { takeIndexes, type FindLog } from "../year-log.ts";
import { eraseSubject, takeTurn } from "./erase-records.ts";
import { withdrawalOf } from "./withdrawal.ts";
import { hex } from "../bytes.ts";

export interface DestroyDeps {
  storage: Storage;
  keys: SubjectKeys;
  reader: Pick<LogReader, "record" | "open">;
  findLog: FindLog;
  tails: DecisionTails;
  clock: Clock;
  /** Removes what is queued of a subject. */
  purgeEvents(trx: Transaction<Database>, subject: Uint8Array): Promise<void>;
  /** Days a refusal under a logged configuration is valid. */
  refusalDays(site: string, config: string): Promise<number>;
}

/** An erasure whose subject is still known. */
export interface OpenErasure {
  id: number;
  /** Null for a key without records. */
  site: string | null;
  subject: Uint8Array;
  /** Unix milliseconds; null while nothing has been destroyed. */
  destroyedAt: number | null;
}

/** Milliseconds an append can lie between looking up a key and its commit: far more than it ever does. */
const grace = 10 * 60_000;

/** Takes an erasure as far as it can be taken now. */
export async function advance(deps: DestroyDeps, erasure: OpenErasure): Promise<void> {
  const { subject, destroyedAt } = erasure;
  if (destroyedAt === null && !(await destroy(deps, erasure))) return;
  await deps.keys.destroy(subject);
  if (destroyedAt !== null && deps.clock.now() >= destroyedAt + grace)
    await conclude(deps, erasure);
}

/** @returns false when the subject turned out to have records it shall keep. */
async function destroy(deps: DestroyDeps, erasure: OpenErasure): Promise<boolean> {
  const { storage, clock } = deps;
  const { id, site, subject } = erasure;
  const now = clock.now();
  const withdrawal = site === null ? null : await prepareWithdrawal(deps, site, subject, now);
  return storage.main.transaction(async (trx) => {
    if (site !== null) await takeTurn(trx, storage.main.engine, site);
    else if ((await newestRecords(trx, [subject])).size > 0) {
      // A key that seemed unused has met its first record.
      await trx.deleteFrom("erasures").where("id", "=", id).execute();
      return false;
    }
    const mine = await trx
      .updateTable("erasures")
      .set({ destroyed_at: now })
      .where("id", "=", id)
      .where("destroyed_at", "is", null)
      .executeTakeFirst();
    if (mine.numUpdatedRows === 0n) return true;
    if (withdrawal) await insertWithdrawal(trx, withdrawal, now);
    await deps.purgeEvents(trx, subject);
    const touched = await eraseSubject(trx, subject);
    await trx
      .updateTable("erasures")
      .set({ told: touched === null ? 1 : 0 })
      .where("id", "=", id)
      .execute();
    return true;
  });
}

interface Withdrawal {
  record: Prepared;
  log: number;
}

/** Null when nothing is granted now. */
async function prepareWithdrawal(
  deps: DestroyDeps,
  site: string,
  subject: Uint8Array,
  now: number,
): Promise<Withdrawal | null> {
  const decisions = await decisionsInForce(deps.storage.main.read, [subject]);
  const standing = decisions.get(hex(subject));
  if (!standing || standing.validUntil * 1000 <= now || grants(standing) === 0) return null;
  const stored = await deps.reader.record(site, standing.recordId);
  const opened = stored && (await deps.reader.open(stored));
  const key = await deps.keys.keyOf(subject);
  if (!stored || !opened || !key) return null;
  const validDays = await deps.refusalDays(site, standing.config);
  const withdrawal = withdrawalOf(stored.decision, { site, now, validDays });
  const { head, tail } = encodeDecision(withdrawal);
  const tails = await deps.tails.ensure([tail]);
  const record = prepare(withdrawal, {
    subject: { subject: hex(subject), key: hex(key) },
    consentId: opened.half.consentId,
    head,
    tail: tails.get(tail)!,
  });
  return { record, log: (await deps.findLog(site, now)).id };
}

async function insertWithdrawal(
  trx: Transaction<Database>,
  { record, log }: Withdrawal,
  now: number,
): Promise<void> {
  const { first: index, time } = await takeIndexes(trx, log, 1, now);
  const { subject } = record.subject;
  const newest = await newestRecords(trx, [Buffer.from(subject, "hex")]);
  const previous = newest.get(subject) ?? null;
  const made = makeRecord(record, { time, previous, random: drawRandom(1)(0) });
  await insertRecords(trx, [{ record, made, log, index }]);
}

/** Erases what an append under way has left, and forgets whose erasure it was. */
async function conclude(
  { storage, purgeEvents }: DestroyDeps,
  { id, site, subject }: OpenErasure,
): Promise<void> {
  await storage.main.transaction(async (trx) => {
    if (site !== null) await takeTurn(trx, storage.main.engine, site);
    await purgeEvents(trx, subject);
    const touched = await eraseSubject(trx, subject);
    await trx
      .updateTable("erasures")
      .set({ subject: null, clean: 0, ...(touched !== null && { site: touched, told: 0 }) })
      .where("id", "=", id)
      .execute();
  });
}
