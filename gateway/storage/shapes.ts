/**
 * Lists in statements, cut or filled to a few lengths: every length is a statement of its own, which the
 * database would have to parse and plan anew.
 */

/** Rows of one insert at most. */
const longest = 64;

/**
 * A list for `in (…)`, its last element repeated up to the next power of two.
 * @param values at least one.
 */
export function inList<T>(values: readonly T[]): T[] {
  const filled = [...values];
  const last = values.at(-1)!;
  while ((filled.length & (filled.length - 1)) !== 0) filled.push(last);
  return filled;
}

/** Rows in pieces whose lengths are powers of two, the longest first. */
export function inPieces<T>(rows: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < rows.length;) {
    const length = Math.min(longest, 2 ** Math.floor(Math.log2(rows.length - start)));
    pieces.push(rows.slice(start, start + length));
    start += length;
  }
  return pieces;
}
