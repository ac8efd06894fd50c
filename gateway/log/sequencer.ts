/**
 * Gives a batch of decisions their places in the logs, in one transaction: lock the log's counter row, take
 * as many indexes, insert entries, records and record ids. Indexes are contiguous because they are taken
 * and filled in the same transaction; nothing but row locks is relied on, so several gateways may do this
 * to one database at once.
 */
import type { Transaction } from "kysely";
import type { Clock } from "../clock.ts";
import type { Database } from "../storage/schema.ts";
import { StorageError, type Storage } from "../storage/storage.ts";
import { consentId } from "./consent-id.ts";
import type { Outcome } from "./group-commit.ts";
import { insertRecords, type Row } from "./insert.ts";
import { answerKnown, recordName } from "./known-records.ts";
import { consentLeaf } from "./leaf.ts";
import { LogError, type Appended, type DecisionInput } from "./log.ts";
import type { DecisionTails } from "./decision-tails.ts";
import { newestRecords } from "./previous.ts";
import { prepare, sealSubject, type Prepared } from "./record.ts";
import type { SubjectKeys } from "./subject-keys.ts";
import { takeIndexes, type FindLog, type YearLog } from "./year-log.ts";
import { hex } from "./hex.ts";

export interface SequencerDeps {
  storage: Storage;
  keys: SubjectKeys;
  findLog: FindLog;
  tails: DecisionTails;
  clock: Clock;
}

/** Tries at one record that other gateways record at the same moment. */
const attempts = 3;

/** Commits a batch; one outcome per decision, in order. One that fails does not fail the others. */
export type Sequencer = (inputs: DecisionInput[]) => Promise<Outcome<Appended>[]>;

export function sequencer(deps: SequencerDeps): Sequencer {
  return async (inputs) => {
    try {
      return await sequence(deps, inputs);
    } catch (error) {
      // Fewer records, or the same a moment later, could succeed; not when the database is away or full.
      const alone = inputs.length > 1 && !isOutage(error);
      if (!alone && !isConflict(error)) throw error;
    }
    const outcomes: Outcome<Appended>[] = [];
    for (const input of inputs) outcomes.push(await sequenceAlone(deps, input));
    return outcomes;
  };
}

/** Another gateway was faster with this very record: the next look finds it. */
function isConflict(error: unknown): boolean {
  return error instanceof StorageError && error.code === "conflict";
}

function isOutage(error: unknown): boolean {
  return error instanceof StorageError && error.code !== "conflict" && error.code !== "failed";
}

async function sequenceAlone(
  deps: SequencerDeps,
  input: DecisionInput,
): Promise<Outcome<Appended>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const [outcome] = await sequence(deps, [input]);
      return outcome!;
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) return { error };
    }
  }
}

async function sequence(
  deps: SequencerDeps,
  inputs: DecisionInput[],
): Promise<Outcome<Appended>[]> {
  const known = await answerKnown(deps.storage.main.read, inputs);
  const firsts = new Map<string, DecisionInput>();
  for (const input of inputs) {
    const name = recordName(input.site, input.body.id);
    if (!known.has(name) && !firsts.has(name)) firsts.set(name, input);
  }
  const appended = await appendNew(deps, [...firsts.values()]);
  const answered = new Set<string>();
  return inputs.map((input) => {
    const name = recordName(input.site, input.body.id);
    const answer = known.get(name);
    if (answer) return answer(input.bodyHash);
    const value = appended.get(name)!;
    if (!answered.has(name)) {
      answered.add(name);
      return { value };
    }
    // The same record id more than once in one batch.
    const same = Buffer.compare(firsts.get(name)!.bodyHash, input.bodyHash) === 0;
    return same
      ? { value: { ...value, fresh: false } }
      : { error: new LogError("record_conflict") };
  });
}

async function appendNew(
  deps: SequencerDeps,
  inputs: DecisionInput[],
): Promise<Map<string, Appended>> {
  if (inputs.length === 0) return new Map();
  const now = deps.clock.now();
  const names = inputs.map(({ site, body }) => ({ site, consentId: consentId(site, body.secret) }));
  const logs = new Map<string, YearLog>();
  for (const { site } of inputs) if (!logs.has(site)) logs.set(site, await deps.findLog(site, now));
  // K is durable before the record that depends on it.
  const keys = await deps.keys.ensure(names);
  const prepared = inputs.map((input, i) => prepare(input, keys[i]!, names[i]!.consentId));
  const tails = await deps.tails.ensure(prepared.map(({ decision }) => decision.tail));
  const bySite = [...Map.groupBy(prepared, ({ input }) => input.site)]
    .map(([site, records]) => ({ log: logs.get(site)!, records }))
    // In one order everywhere, so that two gateways never wait for each other in a circle.
    .toSorted((a, b) => a.log.id - b.log.id);
  return deps.storage.main.transaction(async (trx) => {
    const appended = new Map<string, Appended>();
    for (const { log, records } of bySite) {
      for (const record of await appendTo(trx, log, records, tails, now)) {
        appended.set(recordName(records[0]!.input.site, record.recordId), record);
      }
    }
    return appended;
  });
}

async function appendTo(
  trx: Transaction<Database>,
  log: YearLog,
  records: Prepared[],
  tails: Map<string, number>,
  now: number,
): Promise<Appended[]> {
  const { first, time } = await takeIndexes(trx, log.id, records.length, now);
  // Under the log's lock: another gateway may have recorded for a key that was made a moment ago.
  const newest = await newestRecords(
    trx,
    records.map(({ subject }) => subject.subject),
  );
  const known = new Set(newest.keys());
  const together = Map.groupBy(records, ({ subject }) => hex(subject.subject));
  const rows = records.map((record, i): Row => {
    const subject = hex(record.subject.subject);
    const recordId = record.input.body.id;
    const { sealed, commitment } = sealSubject(record, newest.get(subject) ?? null);
    newest.set(subject, recordId);
    const leaf = consentLeaf(time, commitment, record.decisionCommitment);
    const tail = tails.get(record.decision.tail)!;
    return { record, log: log.id, index: first + i, leaf, sealed, tail };
  });
  await insertRecords(trx, rows);
  const isOnly = (subject: string) => !known.has(subject) && together.get(subject)!.length === 1;
  return rows.map(({ record, index }) => ({
    log: log.id,
    origin: log.origin,
    index,
    recordId: record.input.body.id,
    time,
    subject: record.subject.subject,
    fresh: true,
    only: isOnly(hex(record.subject.subject)),
  }));
}
