/**
 * The decision in force of a subject: the one with the highest counter, which the browser raises with every
 * decision; so a grant that arrives late, after the withdrawal that followed it, changes nothing. Two
 * records with the same counter (two tabs at one moment) count as the one that grants less.
 */
import type { Kysely } from "kysely";
import type { Database } from "../storage/schema.ts";
import { decodeDecision, grants, joinDecision, type DecisionHalf } from "./decision-half.ts";
import type { InForce } from "./log.ts";
import { hex } from "./bytes.ts";

/** Subjects asked for in one statement. */
const pageSize = 500;

/** @returns subject reference (hex) → decision; absent for unknown or erased subjects. */
export async function decisionsInForce(
  db: Kysely<Database>,
  subjects: Uint8Array[],
): Promise<Map<string, InForce>> {
  const distinct = [...new Map(subjects.map((subject) => [hex(subject), subject])).values()];
  const found = new Map<string, InForce>();
  for (let start = 0; start < distinct.length; start += pageSize) {
    for (const candidate of await candidates(db, distinct.slice(start, start + pageSize))) {
      const name = hex(candidate.subject);
      const rival = found.get(name);
      if (!rival || grants(candidate) < grants(rival)) found.set(name, candidate);
    }
  }
  return found;
}

/** When the visitor decided, Unix seconds: by the earlier of both clocks, as the decision's validity runs. */
const decidedAt = ({ time, received }: DecisionHalf): number => Math.min(time, received);

/**
 * Whether a service was granted without a break since something happened: by the decision that it relied on,
 * or the one before it that counted at that moment, and by every decision of the same subject after that. A
 * grant brings back nothing of before it.
 * @param relied where the decision stands; a decision the log does not hold is no grant
 * @param what `moment` in Unix seconds
 */
export async function grantedSince(
  db: Kysely<Database>,
  subject: Uint8Array,
  relied: Pick<InForce, "log" | "index">,
  { service, moment }: { service: string; moment: number },
): Promise<boolean> {
  const rows = await db
    .selectFrom("records")
    .innerJoin("decision_tails", "decision_tails.id", "records.tail")
    .select([
      "records.log",
      "records.idx",
      "records.counter",
      "records.head",
      "decision_tails.tail",
    ])
    .where("records.subject", "=", subject)
    .execute();
  const start = rows.find(({ log, idx }) => log === relied.log && idx === relied.index);
  if (!start) return false;
  const decisions = rows.map((row) => decodeDecision(joinDecision(row)));
  const counted = decisions
    .filter((decision) => decision.counter <= start.counter && decidedAt(decision) <= moment)
    .map(({ counter }) => counter);
  // Nothing counted then: nothing was granted.
  if (counted.length === 0) return false;
  return decisions
    .filter(({ counter }) => counter >= Math.max(...counted))
    .every(({ services }) => services[service] === "granted");
}

/** Every record with its subject's highest counter, the older first. */
async function candidates(db: Kysely<Database>, subjects: Uint8Array[]): Promise<InForce[]> {
  const rows = await db
    .selectFrom("records")
    .innerJoin(
      (eb) =>
        eb
          .selectFrom("records")
          .select(({ fn }) => ["subject", fn.max("counter").as("counter")])
          .where("subject", "in", subjects)
          .groupBy("subject")
          .as("highest"),
      (join) =>
        join
          .onRef("highest.subject", "=", "records.subject")
          .onRef("highest.counter", "=", "records.counter"),
    )
    .innerJoin("decision_tails", "decision_tails.id", "records.tail")
    .innerJoin("logs", "logs.id", "records.log")
    .select([
      "records.subject",
      "records.log",
      "records.idx",
      "records.head",
      "decision_tails.tail",
      "logs.origin",
    ])
    .orderBy("records.log")
    .orderBy("records.idx")
    .execute();
  return rows.flatMap(({ subject, log, idx, origin, ...parts }) =>
    subject
      ? [inForce(decodeDecision(joinDecision(parts)), { subject, log, index: idx, origin })]
      : [],
  );
}

function inForce(
  half: DecisionHalf,
  where: Pick<InForce, "subject" | "log" | "index" | "origin">,
): InForce {
  return {
    ...where,
    recordId: half.id,
    counter: half.counter,
    config: half.config,
    decidedAt: decidedAt(half),
    validUntil: half.until,
    purposes: half.purposes,
    services: half.services,
  };
}
