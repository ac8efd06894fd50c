/** Idempotence: what a record id was given already, in whichever log and year. */
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";
import type { Outcome } from "./group-commit.ts";
import { hex } from "../bytes.ts";
import { leafTime } from "../leaf.ts";
import { LogError, type Appended, type LogErrorCode } from "../log.ts";
import { recordIdBytes, type Prepared } from "../record.ts";

/** Where a decision stands, its subject's reference as text. */
export type Placed = Omit<Appended, "subject"> & { subject: string };

/** What becomes of one decision of a batch. */
export type Answer = { value: Placed } | { refused: LogErrorCode };

/** An answer as the log's callers see it. */
export function outcomeOf(answer: Answer): Outcome<Appended> {
  if (!("value" in answer)) return { error: new LogError(answer.refused) };
  const subject = new Uint8Array(Buffer.from(answer.value.subject, "hex"));
  return { value: { ...answer.value, subject } };
}

type Name = Pick<Prepared, "site" | "recordId">;

/** Site and record id as one string. */
export function recordName({ site, recordId }: Name): string {
  return `${site} ${recordId}`;
}

/**
 * Finds which of these were recorded before, and what each of them is to be answered.
 * @returns by {@link recordName}
 */
export async function answerKnown(
  db: Kysely<Database>,
  records: Name[],
): Promise<Map<string, (bodyHash: string) => Answer>> {
  const known = new Map<string, (bodyHash: string) => Answer>();
  for (const [site, those] of Map.groupBy(records, (record) => record.site)) {
    const ids = inList(those.map(({ recordId }) => recordIdBytes(recordId)));
    const stored = await db
      .selectFrom("record_ids")
      .select(["id", "body_hash", "log", "idx"])
      .where("site", "=", site)
      .where("id", "in", ids)
      .execute();
    for (const { id, body_hash, log, idx } of stored) {
      const recordId = Buffer.from(id).toString("base64url");
      const place = await placeOf(db, log, idx);
      known.set(recordName({ site, recordId }), (bodyHash) => {
        if (body_hash === null || !place?.subject) return { refused: "record_erased" };
        if (hex(body_hash) !== bodyHash) return { refused: "record_conflict" };
        return {
          value: {
            log,
            origin: place.origin,
            index: idx,
            recordId,
            time: leafTime(place.leaf),
            subject: hex(place.subject),
            fresh: false,
            only: false,
          },
        };
      });
    }
  }
  return known;
}

function placeOf(db: Kysely<Database>, log: number, index: number) {
  return db
    .selectFrom("records")
    .innerJoin("logs", "logs.id", "records.log")
    .innerJoin("entries", (join) =>
      join.onRef("entries.log", "=", "records.log").onRef("entries.idx", "=", "records.idx"),
    )
    .select(["records.subject", "entries.leaf", "logs.origin"])
    .where("records.log", "=", log)
    .where("records.idx", "=", index)
    .executeTakeFirst();
}
