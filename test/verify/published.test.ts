import { describe, expect, it } from "vitest";
import { toHex } from "../../gateway/verify/bytes.ts";
import { parseCheckpoint } from "../../gateway/verify/checkpoint.ts";
import { parseVerifierKey, signatureType } from "../../gateway/verify/key.ts";
import { leafHash, verifyConsistency, verifyInclusion } from "../../gateway/verify/merkle.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { parseNote, verifyNote } from "../../gateway/verify/note.ts";
import { tilePath, widthOf } from "../../gateway/verify/tiles.ts";
import { openTree } from "../../gateway/verify/tree.ts";
import { signatureLine, signerOf } from "./reference/note.ts";
import { tileName, tiles } from "./reference/tiles.ts";
import { consistencyPath, inclusionPath, leavesOf, slice, treeHash } from "./reference/tree.ts";
import checkpointExample from "./vectors/published/tlog-checkpoint.json" with { type: "json" };
import keys from "./vectors/published/verifier-keys.json" with { type: "json" };
import peter from "./vectors/published/signed-note-peter-neumann.json" with { type: "json" };
import tileExamples from "./vectors/published/tlog-tiles.json" with { type: "json" };
import trees from "./vectors/published/rfc6962-reference-trees.json" with { type: "json" };

const unhex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const utf8 = (text: string) => Uint8Array.from(Buffer.from(text));
const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString("hex"));

describe("the published trees of RFC 6962", () => {
  const entries = trees.leaves.map(unhex);
  const leaves = leavesOf(entries);
  const rootOf = (size: number) => (size === 0 ? trees.emptyRoot : trees.roots[size - 1]!);

  it("have the roots that the reference, and the verifier's tree, compute", () => {
    for (let size = 0; size <= entries.length; size++) {
      expect(treeHash(slice(leaves, 0, size)).toString("hex")).toBe(rootOf(size));
      const tree = openTree(nodePrimitives.hashInto);
      expect(toHex(tree.root(Buffer.concat(leaves.hashes.slice(0, size))))).toBe(rootOf(size));
    }
  });

  it.each(trees.inclusion)("entry $index of $size is included", async ({ index, size, path }) => {
    expect(hex(inclusionPath(index, slice(leaves, 0, size)))).toEqual(path);
    const leaf = await leafHash(entries[index]!, nodePrimitives);
    const root = unhex(rootOf(size));
    await verifyInclusion({ index, size, leaf, path: path.map(unhex), root }, nodePrimitives);
  });

  it.each(trees.consistency)("$second begins with $first", async ({ first, second, path }) => {
    expect(hex(consistencyPath(first, slice(leaves, 0, second)))).toEqual(path);
    await verifyConsistency(
      {
        first,
        second,
        path: path.map(unhex),
        firstRoot: unhex(rootOf(first)),
        secondRoot: unhex(rootOf(second)),
      },
      nodePrimitives,
    );
  });
});

describe("the published signed note", () => {
  it("verifies", async () => {
    const key = await parseVerifierKey(peter.key, signatureType.ed25519, nodePrimitives);
    await verifyNote(parseNote(utf8(peter.note)), key, nodePrimitives);
  });

  it("is what the reference signs", () => {
    const signer = signerOf("PeterNeumann", 1, Buffer.from(peter.secret, "base64").subarray(1));
    const text = peter.note.slice(0, peter.note.lastIndexOf("\n\n") + 1);
    expect(signer.verifierKey).toBe(peter.key);
    expect(`${text}\n${signatureLine(text, signer)}`).toBe(peter.note);
  });
});

it.each([
  ...keys.ed25519.map((key) => [key, signatureType.ed25519] as const),
  ...keys.cosignature.map((key) => [key, signatureType.cosignature] as const),
])("the published verifier key %s is read", async (key, type) => {
  expect((await parseVerifierKey(key, type, nodePrimitives)).text).toBe(key);
});

it("the published checkpoint is taken apart", () => {
  const { text, signatures } = parseNote(utf8(checkpointExample.note));
  const { origin, size, root } = parseCheckpoint(text);
  expect([origin, size, Buffer.from(root).toString("base64")]).toEqual([
    checkpointExample.origin,
    checkpointExample.size,
    checkpointExample.root,
  ]);
  expect(signatures.map(({ name }) => name)).toEqual(checkpointExample.names);
  expect(signatures.map(({ keyId }) => toHex(keyId))).toEqual(checkpointExample.keyIds);
  const stamp = Buffer.from(signatures[1]!.signature).readBigUInt64BE();
  expect(Number(stamp)).toBe(checkpointExample.cosignatureTime);
});

describe("the published tiles", () => {
  it.each(tileExamples.paths)("tile $index stands at $path", ({ index, path }) => {
    expect(tilePath(0, index, 256)).toBe(`tile/0/${path}`);
    expect(tileName(0, index, 256)).toBe(`tile/0/${path}`);
  });

  it.each(tileExamples.trees)(
    "a tree of $size has exactly its tiles",
    ({ size, tiles: levels }) => {
      const hash = Buffer.alloc(32);
      const leaves = { hashes: Array.from({ length: size }, () => hash), start: 0, end: size };
      const expected = levels.flatMap(({ level, full, partial }) =>
        Array.from({ length: full + (partial > 0 ? 1 : 0) }, (_, index) => {
          const width = index < full ? 256 : partial;
          expect(widthOf(size, level, index)).toBe(width);
          return tilePath(level, index, width);
        }),
      );
      for (const { level, full, partial } of levels)
        expect(widthOf(size, level, full + (partial > 0 ? 1 : 0))).toBe(0);
      expect([...tiles(leaves)].map(([path]) => path)).toEqual(expected);
    },
  );
});
