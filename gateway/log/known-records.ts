/** Idempotence: what a record id was given already, in whichever log and year. */
import type { Kysely } from "kysely";
import type { Database } from "../storage/schema.ts";
import { leafTime } from "./leaf.ts";
import { LogError, type Appended, type DecisionInput } from "./log.ts";
import type { Outcome } from "./group-commit.ts";

/** Site and record id as one string. */
export function recordName(site: string, id: string): string {
  return `${site} ${id}`;
}

/** Finds which of these were recorded before, and what each of them is to be answered. */
export async function answerKnown(
  db: Kysely<Database>,
  inputs: DecisionInput[],
): Promise<Map<string, (bodyHash: Uint8Array) => Outcome<Appended>>> {
  const idsOf = Map.groupBy(inputs, ({ site }) => site);
  const rows = await db
    .selectFrom("record_ids")
    .innerJoin("logs", "logs.id", "record_ids.log")
    .innerJoin("entries", (join) =>
      join.onRef("entries.log", "=", "record_ids.log").onRef("entries.idx", "=", "record_ids.idx"),
    )
    .innerJoin("records", (join) =>
      join.onRef("records.log", "=", "record_ids.log").onRef("records.idx", "=", "record_ids.idx"),
    )
    .select([
      "record_ids.site",
      "record_ids.id",
      "record_ids.body_hash",
      "record_ids.log",
      "record_ids.idx",
      "records.subject",
      "entries.leaf",
      "logs.origin",
    ])
    .where((eb) =>
      eb.or(
        [...idsOf].map(([site, those]) =>
          eb("record_ids.site", "=", site).and(
            "record_ids.id",
            "in",
            those.map(({ body }) => Buffer.from(body.id, "base64url")),
          ),
        ),
      ),
    )
    .execute();
  return new Map(
    rows.map((row) => {
      const recordId = Buffer.from(row.id).toString("base64url");
      const answer = (bodyHash: Uint8Array): Outcome<Appended> => {
        if (row.body_hash === null || row.subject === null)
          return { error: new LogError("record_erased") };
        if (Buffer.compare(row.body_hash, bodyHash) !== 0)
          return { error: new LogError("record_conflict") };
        const { log, idx: index, origin, subject } = row;
        return {
          value: {
            log,
            origin,
            index,
            recordId,
            time: leafTime(row.leaf),
            subject,
            fresh: false,
            only: false,
          },
        };
      };
      return [recordName(row.site, recordId), answer];
    }),
  );
}
