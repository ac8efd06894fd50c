/** Writes a batch's rows. */
import type { Transaction } from "kysely";
import type { Database } from "../storage/schema.ts";
import type { Prepared } from "./record.ts";

/** A record at its place. */
export interface Row {
  record: Prepared;
  log: number;
  index: number;
  leaf: Buffer;
  sealed: Buffer;
  /** Row of the decision half's tail. */
  tail: number;
}

/** @throws {StorageError} `conflict` when a record id of the site is already there. */
export async function insertRecords(trx: Transaction<Database>, rows: Row[]): Promise<void> {
  await trx
    .insertInto("entries")
    .values(rows.map(({ log, index, leaf }) => ({ log, idx: index, leaf })))
    .execute();
  await trx
    .insertInto("records")
    .values(
      rows.map(({ record, log, index, sealed, tail }) => ({
        log,
        idx: index,
        id: record.id,
        subject: record.subject.subject,
        head: record.decision.head,
        tail,
        decision_salt: record.decisionSalt,
        sealed,
        counter: record.input.body.counter,
      })),
    )
    .execute();
  await trx
    .insertInto("record_ids")
    .values(
      rows.map(({ record, log, index }) => ({
        site: record.input.site,
        id: record.id,
        log,
        idx: index,
        body_hash: record.input.bodyHash,
      })),
    )
    .execute();
}
