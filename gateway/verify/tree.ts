/**
 * A Merkle tree built from left to right in memory of one tile per level, so that a log of any length
 * is checked in one pass. RFC 9162 section 2.1.1: empty tree SHA-256(""), node SHA-256(0x01 ‖ l ‖ r).
 */
import { hashLength, type Bytes } from "./bytes.ts";
import { fullTileBytes, tileWidth } from "./tiles.ts";

/** Writes the SHA-256 of `data` into `target` at `offset`; at once, since it is called millions of times. */
export type HashInto = (data: Uint8Array, target: Uint8Array, offset: number) => void;

/** A tile of the level above the leaf hashes, full or at the right edge. */
export interface BuiltTile {
  level: number;
  index: number;
  width: number;
  /** `width` hashes. */
  hashes: Uint8Array;
}

export interface Tree {
  /**
   * Adds a full tile of leaf hashes.
   * @param hashes 256 of them.
   * @returns tiles of higher levels that became full by it, lowest first.
   */
  addTile(hashes: Uint8Array): BuiltTile[];
  /**
   * Root of the tree so far with some more leaves.
   * @param hashes of leaves after those added; fewer than 256.
   */
  root(hashes: Uint8Array): Bytes;
  /** The higher tiles at the right edge that are not full, lowest first. */
  edge(): BuiltTile[];
}

interface Level {
  hashes: Bytes;
  width: number;
  /** Full tiles before this one. */
  index: number;
}

export function openTree(hashInto: HashInto): Tree {
  /** `levels[0]` is tile level 1: the caller keeps the leaf hashes. */
  const levels: Level[] = [];
  const node = new Uint8Array(1 + 2 * hashLength).fill(1, 0, 1);
  const work = new Uint8Array(fullTileBytes);

  function join(left: Uint8Array, right: Uint8Array, target: Uint8Array, offset: number): void {
    node.set(left, 1);
    node.set(right, 1 + hashLength);
    hashInto(node, target, offset);
  }

  /** Root of a perfect subtree over `count` hashes, `count` a power of two. */
  function perfect(hashes: Uint8Array, count: number): Bytes {
    work.set(hashes.subarray(0, count * hashLength));
    for (let left = count; left > 1; left /= 2)
      for (let at = 0; at < left; at += 2) {
        node.set(work.subarray(at * hashLength, (at + 2) * hashLength), 1);
        hashInto(node, work, (at / 2) * hashLength);
      }
    return work.slice(0, hashLength);
  }

  /** Root of the tree over `hashes` followed by a smaller tree with the root `tail`. */
  function fold(hashes: Uint8Array, tail: Bytes | null): Bytes | null {
    let root = tail;
    let end = hashes.length / hashLength;
    // The perfect subtrees of a tree stand in falling order of size, so the smallest is the last.
    for (let size = 1; end > 0; size *= 2) {
      if ((end & size) === 0) continue;
      const left = perfect(hashes.subarray((end - size) * hashLength, end * hashLength), size);
      if (root === null) root = left;
      else join(left, root, root, 0);
      end -= size;
    }
    return root;
  }

  const tileOf = ({ hashes, width, index }: Level, above: number): BuiltTile => ({
    level: above + 1,
    index,
    width,
    hashes: hashes.subarray(0, width * hashLength),
  });

  return {
    addTile(hashes) {
      const full: BuiltTile[] = [];
      let root = perfect(hashes, tileWidth);
      for (let i = 0; ; i++) {
        const level = (levels[i] ??= { hashes: new Uint8Array(fullTileBytes), width: 0, index: 0 });
        level.hashes.set(root, level.width * hashLength);
        level.width++;
        if (level.width < tileWidth) return full;
        full.push({ ...tileOf(level, i), hashes: level.hashes.slice() });
        root = perfect(level.hashes, tileWidth);
        level.width = 0;
        level.index++;
      }
    },
    root(hashes) {
      let root = fold(hashes, null);
      for (const { hashes, width } of levels)
        root = fold(hashes.subarray(0, width * hashLength), root);
      if (root !== null) return root;
      const empty = new Uint8Array(hashLength);
      hashInto(new Uint8Array(0), empty, 0);
      return empty;
    },
    edge: () => levels.map(tileOf).filter(({ width }) => width > 0),
  };
}
