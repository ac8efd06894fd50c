/**
 * The right edge of a tree: the tiles that are not full, one per level, and nothing else. It is all that
 * is needed to add leaves and to compute the root.
 */
import { emptyRoot, hashCount, hashLength, nodeHash } from "./hash.ts";
import { levelSize, tileHeight, tileNodes, tileWidth, type Tile } from "./tile.ts";

/** By level: the hashes of the tile that is not full, none when the level ends with a full one. */
export type Edge = Buffer[];

/** Which tiles make up the edge of a tree of `size` leaves, lowest first. */
export function edgeTiles(size: number): { level: number; index: number; width: number }[] {
  const tiles = [];
  for (let level = 0; levelSize(size, level) > 0; level++) {
    const hashes = levelSize(size, level);
    const index = Math.floor(hashes / tileWidth);
    tiles.push({ level, index, width: hashes % tileWidth });
  }
  return tiles;
}

/**
 * Adds leaves to a tree.
 * @param size leaves before. @param edge of that tree; not changed.
 * @param leaves leaf hashes to add, one after the other.
 * @returns the new edge, and every tile that is new or wider than before.
 */
export function extend(size: number, edge: Edge, leaves: Buffer): { edge: Edge; tiles: Tile[] } {
  const tiles: Tile[] = [];
  const extended: Edge = [...edge];
  let added = leaves;
  for (let level = 0; added.length > 0; level++) {
    const hashes = Buffer.concat([edge[level] ?? Buffer.alloc(0), added]);
    const first = Math.floor(levelSize(size, level) / tileWidth);
    const roots: Buffer[] = [];
    let start = 0;
    for (; hashCount(hashes) - start >= tileWidth; start += tileWidth) {
      const full = hashes.subarray(start * hashLength, (start + tileWidth) * hashLength);
      tiles.push({ level, index: first + start / tileWidth, hashes: full });
      roots.push(tileNodes(full).node(tileHeight, 0));
    }
    const rest = hashes.subarray(start * hashLength);
    if (rest.length > 0) tiles.push({ level, index: first + start / tileWidth, hashes: rest });
    extended[level] = rest;
    added = Buffer.concat(roots);
  }
  return { edge: extended, tiles };
}

/**
 * What hangs at the right of a tree: by height k, the root over the leaves behind the last complete
 * subtree of 2^k leaves, or null when none are left over. The last one is the root of the whole tree.
 */
export type Ragged = (Buffer | null)[];

/** @param edge of a tree of `size` leaves. */
export function ragged(size: number, edge: Edge): Ragged {
  const tails: Ragged = [null];
  const nodes = edge.map(tileNodes);
  for (let height = 0; 2 ** height <= size; height++) {
    const tail = tails[height]!;
    const complete = Math.floor(size / 2 ** height);
    if (complete % 2 === 0) {
      tails.push(tail);
      continue;
    }
    const level = Math.floor(height / tileHeight);
    const inside = height % tileHeight;
    const last = nodes[level]!.node(inside, (complete - 1) % 2 ** (tileHeight - inside));
    tails.push(tail === null ? Buffer.from(last) : nodeHash(last, tail));
  }
  return tails;
}

/** Root of the tree with this edge. */
export function rootOf(size: number, edge: Edge): Buffer {
  return ragged(size, edge).at(-1) ?? emptyRoot();
}
