import { grants } from "../log/decision-half.ts";
import type { StoredRecord } from "../log/reader.ts";

/**
 * Which of a subject's records counted at a moment: of those the gateway had by then, the one with the
 * highest counter, and at equal counters the one that grants less; as `log/in-force.ts` has it for now.
 * @param at unix seconds
 * @returns null when nothing was decided yet, or what was has lapsed
 */
export function counting(records: StoredRecord[], at: number): StoredRecord | null {
  const [first] = records
    .filter(({ time }) => time <= at)
    .toSorted(
      (a, b) => b.decision.counter - a.decision.counter || grants(a.decision) - grants(b.decision),
    );
  return first && first.decision.until > at ? first : null;
}
