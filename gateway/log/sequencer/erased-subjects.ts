/** Subjects that were erased between the look for their keys and the transaction that records for them. */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";
import { hex } from "../bytes.ts";

/**
 * @param subjects references (hex), at least one.
 * @returns those of them whose keys are destroyed, or about to be: nothing more may be recorded for them.
 *   An erasure that another gateway commits at this very moment is missed, and takes the record along later.
 */
export async function erasedSubjects(
  trx: Transaction<Database>,
  subjects: string[],
): Promise<Set<string>> {
  const distinct = [...new Set(subjects)].map((subject) => Buffer.from(subject, "hex"));
  const rows = await trx
    .selectFrom("erasures")
    .select("subject")
    .where("subject", "in", inList(distinct))
    .where("destroyed_at", "is not", null)
    .execute();
  return new Set(rows.flatMap(({ subject }) => (subject ? [hex(subject)] : [])));
}
