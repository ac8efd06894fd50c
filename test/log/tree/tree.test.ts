/** The server's tree against the RFC's definition (test/verify/reference), which shares no line with it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edgeTiles, extend, ragged, rootOf, type Edge } from "../../../gateway/log/tree/edge.ts";
import { emptyRoot, leafHash } from "../../../gateway/log/tree/hash.ts";
import { inclusionPath, proofTiles } from "../../../gateway/log/tree/inclusion.ts";
import { tileNodes, widthOf } from "../../../gateway/log/tree/tile.ts";
import {
  inclusionPath as expectedPath,
  leavesOf,
  slice,
  treeHash,
} from "../../verify/reference/tree.ts";
import { tileName, tiles as expectedTiles } from "../../verify/reference/tiles.ts";

const most = 65_537;
const entries = Array.from({ length: most }, (_, i) => Buffer.from(`entry ${i}`));
const hashes = entries.map(leafHash);
const all = leavesOf(entries);

/** A tree grown by the given steps, with every tile as it was last written. */
function grow(steps: number[]) {
  const stored = new Map<string, Buffer>();
  let edge: Edge = [];
  let size = 0;
  for (const step of steps) {
    const added = extend(size, edge, Buffer.concat(hashes.slice(size, size + step)));
    edge = added.edge;
    size += step;
    for (const { level, index, hashes } of added.tiles) stored.set(`${level}/${index}`, hashes);
  }
  return { stored, edge, size };
}

/** What is stored, under the names of a tree of this size. */
function files({ stored, size }: ReturnType<typeof grow>): Map<string, string> {
  return new Map(
    [...stored].map(([name, hashes]) => {
      const [level, index] = name.split("/").map(Number) as [number, number];
      const width = widthOf(size, level, index);
      expect(hashes.length).toBe(width * 32);
      return [tileName(level, index, width), hashes.toString("base64")];
    }),
  );
}

function expectedFiles(size: number): Map<string, string> {
  return new Map(
    [...expectedTiles(slice(all, 0, size))].map(([name, hashes]) => [
      name,
      hashes.toString("base64"),
    ]),
  );
}

describe("a tree grown by tiles", () => {
  it("is the hash of nothing when it is empty", () => {
    expect(rootOf(0, [])).toEqual(treeHash(slice(all, 0, 0)));
    expect(emptyRoot().toString("hex")).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it.each([1, 2, 255, 256, 257, 65_535, 65_536, 65_537])(
    "has the root and the tiles of the definition at size %i",
    (size) => {
      for (const steps of [[size], [1, size - 1], [Math.floor(size / 2), Math.ceil(size / 2)]]) {
        const tree = grow(steps);
        expect(rootOf(size, tree.edge)).toEqual(treeHash(slice(all, 0, size)));
        expect(files(tree)).toEqual(expectedFiles(size));
      }
    },
  );

  it("is the same whatever the steps in which it grew", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(steps, (steps) => {
        const tree = grow(steps);
        expect(rootOf(tree.size, tree.edge)).toEqual(treeHash(slice(all, 0, tree.size)));
        expect(files(tree)).toEqual(expectedFiles(tree.size));
        expect(edgeTiles(tree.size).map(({ width }) => width * 32)).toEqual(
          edgeTiles(tree.size).map(({ level }) => tree.edge[level]?.length ?? 0),
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** The proof of an entry in a tree of `size` leaves, from tiles of a tree that may be larger. */
function proof(
  index: number,
  size: number,
  tree: ReturnType<typeof grow>,
  tails = ragged(size, grow([size]).edge),
): Buffer[] {
  const tiles = proofTiles(index, size).map(({ level, index }) => {
    const hashes = tree.stored.get(`${level}/${index}`);
    return hashes === undefined ? null : tileNodes(hashes);
  });
  return inclusionPath(index, size, tiles, tails);
}

describe("an inclusion proof out of tiles", () => {
  it.each([1, 2, 3, 255, 256, 257, 513])("is the definition's for every entry of %i", (size) => {
    const tree = grow([size]);
    const tails = ragged(size, tree.edge);
    const leaves = slice(all, 0, size);
    for (let index = 0; index < size; index++)
      expect(proof(index, size, tree, tails)).toEqual(expectedPath(index, leaves));
  });

  it.each([65_535, 65_536, 65_537])("is the definition's at size %i", (size) => {
    const tree = grow([size]);
    const tails = ragged(size, tree.edge);
    const leaves = slice(all, 0, size);
    for (const index of [0, 32_767, 65_280, size - 1])
      expect(proof(index, size, tree, tails)).toEqual(expectedPath(index, leaves));
  });

  it("can be made from tiles that have grown since", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 1500 }), fc.nat(1000), fc.nat());
    fc.assert(
      fc.property(sizes, ([size, more, any]) => {
        const index = any % size;
        const grown = more === 0 ? [size] : [size, more];
        expect(proof(index, size, grow(grown))).toEqual(expectedPath(index, slice(all, 0, size)));
      }),
      { numRuns: 100 },
    );
  });
});
