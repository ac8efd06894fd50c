/** Consistency proofs (RFC 6962, section 2.1.2): which nodes show that a tree begins with a smaller one. */

/** A complete subtree of 2^height leaves, the n-th of its height; or what hangs at the right behind them. */
export type ProofNode = { height: number; n: number } | { tail: number };

/**
 * PROOF(first, D[second]), as the nodes it consists of.
 * @param first above 0, and not above `second`.
 */
export function consistencyNodes(first: number, second: number): ProofNode[] {
  const nodes: ProofNode[] = [];
  let [start, end, whole] = [0, second, true];
  while (first < end) {
    const height = splitHeight(end - start);
    const middle = start + 2 ** height;
    if (first <= middle) {
      nodes.push(nodeOver(middle, end));
      end = middle;
    } else {
      nodes.push(nodeOver(start, middle));
      start = middle;
      whole = false;
    }
  }
  if (!whole) nodes.push(nodeOver(start, end));
  return nodes.toReversed();
}

/** Height of the largest complete subtree that is smaller than n leaves, for n > 1. */
function splitHeight(n: number): number {
  let height = 0;
  while (2 ** (height + 1) < n) height++;
  return height;
}

/** The node over leaves `start` to before `end`; only at the right edge of the tree is it not complete. */
function nodeOver(start: number, end: number): ProofNode {
  let height = 0;
  while (2 ** height < end - start) height++;
  return 2 ** height === end - start ? { height, n: start / 2 ** height } : { tail: height };
}
