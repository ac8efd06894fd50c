/**
 * Readies a batch of decisions for their places in the logs, and has them placed: the records are prepared,
 * and one transaction does the rest (sequence.ts).
 */
import type { Clock } from "../../clock.ts";
import { StorageError, type Storage } from "../../storage/storage.ts";
import { encodeDecision } from "../decision-half.ts";
import type { DecisionTails } from "./decision-tails.ts";
import type { Outcome } from "./group-commit.ts";
import type { Keyed } from "./keyed.ts";
import { outcomeOf } from "./known-records.ts";
import type { Appended } from "../log.ts";
import { prepare } from "../record.ts";
import { sequence } from "./sequence.ts";
import type { FindLog, YearLog } from "../year-log.ts";

export interface SequencerDeps {
  storage: Storage;
  findLog: FindLog;
  tails: DecisionTails;
  clock: Clock;
}

/** Tries at one record that other gateways record at the same moment. */
const attempts = 3;

/** Commits a batch; one outcome per decision, in order. One that fails does not fail the others. */
export type Sequencer = (decisions: Keyed[]) => Promise<Outcome<Appended>[]>;

export function sequencer(deps: SequencerDeps): Sequencer {
  return async (decisions) => {
    try {
      return await sequenceAll(deps, decisions);
    } catch (error) {
      // Fewer records, or the same a moment later, could succeed; not when the database is away or full.
      const alone = decisions.length > 1 && !isOutage(error);
      if (!alone && !isConflict(error)) throw error;
    }
    const outcomes: Outcome<Appended>[] = [];
    for (const decision of decisions) outcomes.push(await sequenceAlone(deps, decision));
    return outcomes;
  };
}

/** Another gateway was faster with this very record: the next look finds it. */
function isConflict(error: unknown): boolean {
  return error instanceof StorageError && error.code === "conflict";
}

function isOutage(error: unknown): boolean {
  return error instanceof StorageError && error.code !== "conflict" && error.code !== "failed";
}

async function sequenceAlone(deps: SequencerDeps, decision: Keyed): Promise<Outcome<Appended>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const [outcome] = await sequenceAll(deps, [decision]);
      return outcome!;
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) return { error };
    }
  }
}

async function sequenceAll(deps: SequencerDeps, decisions: Keyed[]): Promise<Outcome<Appended>[]> {
  const now = deps.clock.now();
  const logs = new Map<string, YearLog>();
  for (const { site } of decisions.map(({ input }) => input))
    if (!logs.has(site)) logs.set(site, await deps.findLog(site, now));
  const halves = decisions.map(({ input }) => encodeDecision(input));
  const tails = await deps.tails.ensure(halves.map(({ tail }) => tail));
  const records = decisions.map(({ input, consentId, subject }, i) => {
    const { head, tail } = halves[i]!;
    return prepare(input, { subject, consentId, head, tail: tails.get(tail)! });
  });
  const answers = await deps.storage.main.call(sequence, { now, logs, records });
  return answers.map(outcomeOf);
}
