/** Inclusion proofs (RFC 6962, section 2.1.1) out of tiles. */
import type { Ragged } from "./edge.ts";
import { tileHeight, type TileNodes } from "./tile.ts";

/** The tiles a proof of one entry is made from, lowest first: the one above the entry at each level. */
export function proofTiles(index: number, size: number): { level: number; index: number }[] {
  const tiles = [];
  for (let level = 0; 2 ** (level * tileHeight) < size; level++)
    tiles.push({ level, index: Math.floor(index / 2 ** ((level + 1) * tileHeight)) });
  return tiles;
}

/**
 * The path from an entry to the root, sibling of the leaf first.
 * @param tiles those that {@link proofTiles} names, as wide as the tree of `size` leaves or wider; null
 *   where that tree has none.
 * @param tails of that tree.
 */
export function inclusionPath(
  index: number,
  size: number,
  tiles: (TileNodes | null)[],
  tails: Ragged,
): Buffer[] {
  const path: Buffer[] = [];
  for (let height = 0; 2 ** height < size; height++) {
    const node = Math.floor(index / 2 ** height);
    const sibling = node % 2 === 0 ? node + 1 : node - 1;
    const complete = Math.floor(size / 2 ** height);
    if (sibling < complete) {
      const inside = height % tileHeight;
      const tile = tiles[Math.floor(height / tileHeight)]!;
      path.push(tile.node(inside, sibling % 2 ** (tileHeight - inside)));
    } else if (sibling === complete) {
      const tail = tails[height];
      if (tail) path.push(tail);
    }
  }
  return path;
}
