/**
 * What an export does not show, as hashes: the fewest whole subtrees that stand for the entries between
 * two indexes.
 */
import type { NamedLog } from "../../log/named-logs.ts";
import type { Published } from "../../log/published.ts";
import { tileHeight, tileNodes, widthOf, type TileNodes } from "../../log/tree/tile.ts";

/** @returns tokens for the entries `from` to before `to`. */
export type Gaps = (from: number, to: number) => Promise<string[]>;

/** @param size entries under the checkpoint: `to` goes no further. */
export function openGaps(published: Pick<Published, "tile">, log: NamedLog, size: number): Gaps {
  /** The tile read last, of each level: an export goes from left to right. */
  const last = new Map<number, { index: number; nodes: TileNodes }>();

  async function tile(level: number, index: number): Promise<TileNodes> {
    const known = last.get(level);
    if (known?.index === index) return known.nodes;
    const width = widthOf(size, level, index);
    const hashes = await published.tile(log, { level, index, width });
    if (!hashes) throw new Error("a tile that was signed is not there");
    const nodes = tileNodes(hashes);
    last.set(level, { index, nodes });
    return nodes;
  }

  return async (from, to) => {
    const tokens: string[] = [];
    let at = from;
    while (at < to) {
      let height = 0;
      while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= to) height += 1;
      const level = Math.floor(height / tileHeight);
      const inside = height % tileHeight;
      const across = 2 ** (tileHeight - inside);
      const node = at / 2 ** height;
      const nodes = await tile(level, Math.floor(node / across));
      tokens.push(`${height}:${nodes.node(inside, node % across).toString("base64")}`);
      at += 2 ** height;
    }
    return tokens;
  };
}
