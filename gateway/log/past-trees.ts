/** Proofs about a log as it was at some earlier size, out of the tiles it publishes now. */
import { createCache } from "../cache.ts";
import type { NamedLog } from "./named-logs.ts";
import type { Published } from "./published.ts";
import { edgeTiles, ragged, type Ragged } from "./tree/edge.ts";
import { consistencyNodes } from "./tree/consistency.ts";
import { inclusionPath, proofTiles } from "./tree/inclusion.ts";
import { tileHeight, tileNodes, widthOf, type TileNodes } from "./tree/tile.ts";

export interface PastTrees {
  /** An entry's path to the root at a size; null when the log does not publish that much. */
  inclusion(log: NamedLog, index: number, size: number): Promise<Buffer[] | null>;
  /**
   * That the tree of `second` leaves begins with that of `first`; null when the log does not publish that
   * much. @param first above 0, and not above `second`.
   */
  consistency(log: NamedLog, first: number, second: number): Promise<Buffer[] | null>;
}

/** Kept in memory: 16 kB per tile with its nodes, less than 2 kB per size. */
const capacity = { tiles: 256, sizes: 256 };

export function openPastTrees({ tile }: Pick<Published, "tile">): PastTrees {
  const tiles = createCache<TileNodes | null>({ capacity: capacity.tiles });
  const sizes = createCache<Ragged | null>({ capacity: capacity.sizes });

  function nodesOf(log: NamedLog, level: number, index: number, width: number) {
    return tiles.get(`${log.id} ${level} ${index} ${width}`, async () => {
      const hashes = await tile(log, { level, index, width });
      return hashes && tileNodes(hashes);
    });
  }

  function tailsOf(log: NamedLog, size: number): Promise<Ragged | null> {
    return sizes.get(`${log.id} ${size}`, async () => {
      const edge: Buffer[] = [];
      for (const { level, index, width } of edgeTiles(size)) {
        const nodes = width === 0 ? null : await nodesOf(log, level, index, width);
        if (width > 0 && !nodes) return null;
        edge.push(nodes?.hashes ?? Buffer.alloc(0));
      }
      return ragged(size, edge);
    });
  }

  /** A node over complete leaves of a tree of `size`. */
  async function nodeAt(log: NamedLog, size: number, height: number, n: number) {
    const level = Math.floor(height / tileHeight);
    const inside = height % tileHeight;
    const index = Math.floor(n / 2 ** (tileHeight - inside));
    const nodes = await nodesOf(log, level, index, widthOf(size, level, index));
    return nodes && nodes.node(inside, n % 2 ** (tileHeight - inside));
  }

  return {
    async inclusion(log, index, size) {
      const tails = await tailsOf(log, size);
      const needed: (TileNodes | null)[] = [];
      for (const { level, index: at } of proofTiles(index, size)) {
        const width = widthOf(size, level, at);
        const nodes = width === 0 ? null : await nodesOf(log, level, at, width);
        if (width > 0 && !nodes) return null;
        needed.push(nodes);
      }
      return tails && inclusionPath(index, size, needed, tails);
    },
    async consistency(log, first, second) {
      const tails = await tailsOf(log, second);
      const path: Buffer[] = [];
      for (const node of consistencyNodes(first, second)) {
        const hash =
          "tail" in node ? tails?.[node.tail] : await nodeAt(log, second, node.height, node.n);
        if (!hash) return null;
        path.push(hash);
      }
      return path;
    },
  };
}
