/**
 * Takes the subject out of records: reference, sealed half and the hash of the body go, the decision half
 * and everything the log says stay. Each index is noted for an `erasure` entry.
 */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import type { Engine } from "../../storage/storage.ts";

type Trx = Transaction<Database>;

/** Records of one statement. */
const together = 300;

/**
 * Whatever erases, holds or tells of one site's subjects takes turns; appending does not wait for it.
 * SQLite's write transactions are serial anyway.
 */
export async function takeTurn(trx: Trx, engine: Engine, site: string): Promise<void> {
  if (engine === "sqlite") return;
  await trx.selectFrom("sites").select("id").where("id", "=", site).forUpdate().execute();
}

/**
 * Erases the records of a subject, in whichever log. One that is committed meanwhile stays whole: it is erased,
 * and told of, when the erasure is concluded.
 * @returns the site it belongs to, or null when it has no record.
 */
export async function eraseSubject(trx: Trx, subject: Uint8Array): Promise<string | null> {
  const records = await trx
    .selectFrom("records")
    .innerJoin("logs", "logs.id", "records.log")
    .select(["logs.site", "records.log", "records.idx", "records.id"])
    .where("records.subject", "=", subject)
    .execute();
  for (const [log, those] of Map.groupBy(records, (record) => record.log))
    for (let from = 0; from < those.length; from += together) {
      const { site } = those[from]!;
      await eraseRecords(trx, { site, log }, those.slice(from, from + together));
    }
  return records[0]?.site ?? null;
}

/** A record by its place and its id. */
export interface PlacedRecord {
  idx: number;
  /** 16 bytes. */
  id: Uint8Array;
}

/** Erases these records of one log, a few hundred at most. */
export async function eraseRecords(
  trx: Trx,
  { site, log }: { site: string; log: number },
  records: PlacedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const indexes = records.map(({ idx }) => idx);
  await trx
    .insertInto("tombstones")
    .values(indexes.map((idx) => ({ log, idx })))
    .execute();
  await trx
    .updateTable("record_ids")
    .set({ body_hash: null })
    .where("site", "=", site)
    .where(
      "id",
      "in",
      records.map(({ id }) => id),
    )
    .execute();
  await trx
    .updateTable("records")
    .set({ subject: null, sealed: null })
    .where("log", "=", log)
    .where("idx", "in", indexes)
    .execute();
}
