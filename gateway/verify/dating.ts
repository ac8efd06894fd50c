/**
 * When an entry got into its log, by the clocks of witnesses. A cosignature says which tree was the largest
 * its witness knew at that time: the entry was in one such tree, and not yet in an earlier one.
 */
import type { Cosignature } from "./cosignature.ts";

export interface Dating {
  /** The witness did not know the entry yet; null when no earlier checkpoint shows that. */
  after: Cosignature | null;
  /** The witness knew the entry. */
  before: Cosignature;
  /** Whether the log's own date of the entry lies between, give or take a tolerance. */
  fits: boolean;
}

/** Seconds: clocks differ, and an entry that has its date is signed and shown to a witness a little later. */
const tolerance = 300;

/**
 * @param time of the leaf, unix seconds, by the log's clock.
 * @param covering cosignatures of a checkpoint with the entry. @param earlier of one without it.
 * @returns null when no witness says anything.
 */
export function dateOf(
  time: number,
  covering: Cosignature[],
  earlier: Cosignature[],
): Dating | null {
  const before = covering.toSorted((a, b) => a.time - b.time)[0];
  if (before === undefined) return null;
  // Only a witness that cosigned both knows that one extends the other.
  const common = earlier.filter(({ witness }) => covering.some((each) => each.witness === witness));
  const after = common.toSorted((a, b) => b.time - a.time)[0] ?? null;
  const isLate = after !== null && time < after.time - tolerance;
  return { after, before, fits: !isLate && time <= before.time + tolerance };
}
