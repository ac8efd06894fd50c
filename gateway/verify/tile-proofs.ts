/**
 * Consistency proofs made from a log's tiles. The log serves no proofs, only tiles, from which anybody
 * makes whatever proof is wanted; what comes out is checked like a proof from a stranger.
 */
import { concat, hashLength, type Bytes } from "./bytes.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { compareCheckpoints } from "./history.ts";
import { readTile, type LogFiles } from "./log-files.ts";
import { verifyConsistency } from "./merkle.ts";
import type { Primitives } from "./primitives.ts";
import { tilePath, tileWidth, widthOf } from "./tiles.ts";

/**
 * Checks that a log at its newer checkpoint still begins with what it signed in an earlier one, reading
 * only the few tiles on the way.
 * @throws {VerifyError} `wrong_origin`, `rollback`, `split_view`, `inconsistent`, and what reading throws.
 */
export async function verifyExtension(
  files: LogFiles,
  earlier: Checkpoint,
  newer: Checkpoint,
  primitives: Primitives,
): Promise<void> {
  compareCheckpoints(earlier, newer);
  // Equal sizes have been compared, and every log extends the empty one.
  if (earlier.size === newer.size || earlier.size === 0) return;
  const path = await consistencyPath(files, earlier.size, newer.size, primitives);
  await verifyConsistency(
    {
      first: earlier.size,
      second: newer.size,
      path,
      firstRoot: earlier.root,
      secondRoot: newer.root,
    },
    primitives,
  );
}

/** PROOF(first, D[second]) of RFC 9162 section 2.1.4.1, `first` > 0. */
async function consistencyPath(
  files: LogFiles,
  first: number,
  second: number,
  primitives: Primitives,
): Promise<Bytes[]> {
  const rootOf = rangeRoots(files, second, primitives);
  const path: Bytes[] = [];
  let [start, end, whole] = [0, second, true];
  // The recursion walks down one branch; what it appends on the way back is collected here.
  while (first < end) {
    const middle = start + split(end - start);
    if (first <= middle) {
      path.unshift(await rootOf(middle, end));
      end = middle;
    } else {
      path.unshift(await rootOf(start, middle));
      start = middle;
      whole = false;
    }
  }
  return whole ? path : [await rootOf(start, end), ...path];
}

/** Largest power of two smaller than n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Gives the root over a range of leaves that is a subtree of the tree of `size` leaves. */
function rangeRoots(files: LogFiles, size: number, { sha256 }: Primitives) {
  /** One proof needs many hashes of a few tiles. */
  const tiles = new Map<string, Promise<Bytes>>();

  function tile(level: number, index: number): Promise<Bytes> {
    const width = widthOf(size, level, index);
    const path = tilePath(level, index, width);
    const known = tiles.get(path) ?? readTile(files, level, index, width);
    tiles.set(path, known);
    return known;
  }

  return async function rootOf(start: number, end: number): Promise<Bytes> {
    const count = end - start;
    let [level, each] = [0, 1];
    while (each * tileWidth <= count) [level, each] = [level + 1, each * tileWidth];
    if (count === each) {
      const at = start / each;
      const offset = (at % tileWidth) * hashLength;
      const hashes = await tile(level, Math.floor(at / tileWidth));
      return hashes.slice(offset, offset + hashLength);
    }
    const middle = start + split(count);
    const left = await rootOf(start, middle);
    return sha256(concat(Uint8Array.of(1), left, await rootOf(middle, end)));
  };
}
