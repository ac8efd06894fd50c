/**
 * Tiles (C2SP tlog-tiles): a tree cut into pieces of 256 hashes. Level 0 holds leaf hashes, each higher
 * level the roots of the full tiles below. Indexes go beyond 32 bits, so there are no bit operators here.
 */
import { hashAt, hashCount, pairUp } from "./hash.ts";

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256;

/** Levels of nodes in a tile below its root. */
export const tileHeight = 8;

/** A tile as it is stored: `hashes` one after the other, fewer than 256 at the right edge of the tree. */
export interface Tile {
  level: number;
  index: number;
  hashes: Buffer;
}

/** Hashes at a level of a tree: each stands for 256^level leaves. */
export function levelSize(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Width of tile `index` at a level of a tree of `size` leaves; 0 when it is not there. */
export function widthOf(size: number, level: number, index: number): number {
  return Math.max(0, Math.min(tileWidth, levelSize(size, level) - index * tileWidth));
}

/** A tile with the nodes above its hashes, made when first asked for. */
export interface TileNodes {
  /** The hashes the tile is stored as. */
  readonly hashes: Buffer;
  /**
   * The n-th node of a level inside the tile that is complete.
   * @param level 0 for the hashes themselves, 8 for the root of a full tile.
   */
  node(level: number, n: number): Buffer;
}

export function tileNodes(hashes: Buffer): TileNodes {
  const levels = [hashes];
  return {
    hashes,
    node(level, n) {
      while (levels.length <= level) levels.push(pairUp(levels.at(-1)!));
      const nodes = levels[level]!;
      if (n >= hashCount(nodes)) throw new RangeError("the tile does not reach so far");
      return hashAt(nodes, n);
    },
  };
}
