/**
 * Gives a batch of decisions their places in the logs, in one transaction: lock the log's counter row, take
 * as many indexes, insert entries, records and record ids. Indexes are contiguous because they are taken
 * and filled in the same transaction; nothing but row locks is relied on, so several gateways may do this
 * to one database at once.
 */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import type { Procedure } from "../../storage/storage.ts";
import { erasedSubjects } from "./erased-subjects.ts";
import { insertRecords, type Row } from "./insert.ts";
import { answerKnown, recordName, type Answer, type Placed } from "./known-records.ts";
import { newestRecords } from "./previous.ts";
import { drawRandom, makeRecord, type Prepared } from "../record.ts";
import { takeIndexes, type YearLog } from "../year-log.ts";

export interface Batch {
  /** The gateway's clock, unix milliseconds. */
  now: number;
  /** The log that each site of the batch writes to. */
  logs: Map<string, YearLog>;
  records: Prepared[];
}

/** One answer per decision, in order. */
export const sequence: Procedure<Database, Batch, Answer[]> = {
  module: import.meta.url,
  name: "sequence",
  async run(trx, { now, logs, records }) {
    const known = await answerKnown(trx, records);
    const erased = await erasedSubjects(
      trx,
      records.map(({ subject }) => subject.subject),
    );
    const isErased = ({ subject }: Prepared) => erased.has(subject.subject);
    const firsts = new Map<string, Prepared>();
    for (const record of records) {
      const name = recordName(record);
      if (!known.has(name) && !isErased(record) && !firsts.has(name)) firsts.set(name, record);
    }
    const appended = await appendAll(trx, [...firsts.values()], { logs, now });
    return records.map((record): Answer => {
      const name = recordName(record);
      const answer = known.get(name);
      if (answer) return answer(record.bodyHash);
      if (isErased(record)) return { refused: "record_erased" };
      const first = firsts.get(name)!;
      const value = appended.get(name)!;
      if (first === record) return { value };
      // The same record id more than once in one batch.
      return first.bodyHash === record.bodyHash
        ? { value: { ...value, fresh: false } }
        : { refused: "record_conflict" };
    });
  },
};

async function appendAll(
  trx: Transaction<Database>,
  records: Prepared[],
  { logs, now }: Omit<Batch, "records">,
): Promise<Map<string, Placed>> {
  const bySite = [...Map.groupBy(records, ({ site }) => site)]
    .map(([site, those]) => ({ log: logs.get(site)!, those }))
    // In one order everywhere, so that two gateways never wait for each other in a circle.
    .toSorted((a, b) => a.log.id - b.log.id);
  const appended = new Map<string, Placed>();
  for (const { log, those } of bySite) {
    const places = await appendTo(trx, log, those, now);
    those.forEach((record, i) => appended.set(recordName(record), places[i]!));
  }
  return appended;
}

async function appendTo(
  trx: Transaction<Database>,
  log: YearLog,
  records: Prepared[],
  now: number,
): Promise<Placed[]> {
  const { first, time } = await takeIndexes(trx, log.id, records.length, now);
  const subjects = records.map(({ subject }) => subject.subject);
  // Under the log's lock: another gateway may have recorded for a key that was made a moment ago.
  const newest = await newestRecords(
    trx,
    subjects.map((subject) => Buffer.from(subject, "hex")),
  );
  const known = new Set(newest.keys());
  const random = drawRandom(records.length);
  const rows = records.map((record, i): Row => {
    const previous = newest.get(record.subject.subject) ?? null;
    newest.set(record.subject.subject, record.recordId);
    const made = makeRecord(record, { time, previous, random: random(i) });
    return { record, made, log: log.id, index: first + i };
  });
  await insertRecords(trx, rows);
  const together = Map.groupBy(subjects, (subject) => subject);
  return rows.map(({ record: { recordId, subject }, index }) => ({
    log: log.id,
    origin: log.origin,
    index,
    recordId,
    time,
    subject: subject.subject,
    fresh: true,
    only: !known.has(subject.subject) && together.get(subject.subject)!.length === 1,
  }));
}
