/** Queued events and dead letters of a subject whose records are being erased. */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { addCounts, createTally } from "../accounts/counts.ts";

/**
 * Deletes them all, and counts the queued ones as dropped for want of consent; a dead letter was counted
 * when it died. One that is being sent at this very moment can still arrive.
 */
export async function purgeSubject(trx: Transaction<Database>, subject: Uint8Array): Promise<void> {
  const purged = await trx
    .deleteFrom("outbox")
    .where("subject", "=", subject)
    .returning(["site", "service", "day", "state"])
    .execute();
  const tally = createTally("");
  for (const { site, service, day, state } of purged)
    if (state === "queued") tally.add(site, service, "dropped_at_exit", 1, day);
  await addCounts(trx, tally.rows());
}
