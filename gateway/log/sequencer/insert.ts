/** Writes a batch's rows. */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { inPieces } from "../../storage/shapes.ts";
import { recordIdBytes, type Made, type Prepared } from "../record.ts";

/** A record at its place. */
export interface Row {
  record: Prepared;
  made: Made;
  log: number;
  index: number;
}

/** @throws {StorageError} `conflict` when a record id of the site is already there. */
export async function insertRecords(trx: Transaction<Database>, rows: Row[]): Promise<void> {
  for (const piece of inPieces(rows)) await insertPiece(trx, piece);
}

async function insertPiece(trx: Transaction<Database>, rows: Row[]): Promise<void> {
  await trx
    .insertInto("entries")
    .values(rows.map(({ made, log, index }) => ({ log, idx: index, leaf: made.leaf })))
    .execute();
  await trx
    .insertInto("records")
    .values(
      rows.map(({ record, made, log, index }) => ({
        log,
        idx: index,
        id: recordIdBytes(record.recordId),
        subject: Buffer.from(record.subject.subject, "hex"),
        head: Buffer.from(record.head),
        tail: record.tail.id,
        decision_salt: made.decisionSalt,
        sealed: made.sealed,
        counter: record.counter,
      })),
    )
    .execute();
  await trx
    .insertInto("record_ids")
    .values(
      rows.map(({ record, log, index }) => ({
        site: record.site,
        id: recordIdBytes(record.recordId),
        log,
        idx: index,
        body_hash: Buffer.from(record.bodyHash, "hex"),
      })),
    )
    .execute();
}
