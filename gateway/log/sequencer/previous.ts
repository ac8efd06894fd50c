/** The newest record of each subject, by place in the log: what the next one links to. */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";
import { hex } from "../bytes.ts";

/**
 * @param subjects references; call it under the log's lock, or the answer may be outdated.
 * @returns subject (hex) → record id (base64url), absent for a subject without records.
 */
export async function newestRecords(
  trx: Transaction<Database>,
  subjects: Uint8Array[],
): Promise<Map<string, string>> {
  if (subjects.length === 0) return new Map();
  const rows = await trx
    .selectFrom("records")
    .innerJoin(
      (eb) =>
        eb
          .selectFrom("records")
          .select(({ fn }) => ["log", fn.max("idx").as("idx")])
          .where("subject", "in", inList(subjects))
          .groupBy(["subject", "log"])
          .as("newest"),
      (join) =>
        join.onRef("newest.log", "=", "records.log").onRef("newest.idx", "=", "records.idx"),
    )
    .select(["records.subject", "records.id"])
    // A subject writes to one site's logs only, and a later year's log has a higher number.
    .orderBy("records.log")
    .execute();
  return new Map(
    rows.flatMap(({ subject, id }) =>
      subject ? [[hex(subject), Buffer.from(id).toString("base64url")]] : [],
    ),
  );
}
