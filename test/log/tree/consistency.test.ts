import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consistencyNodes, type ProofNode } from "../../../gateway/log/tree/consistency.ts";
import { consistencyPath, leavesOf, slice, treeHash } from "../../verify/reference/tree.ts";

const leaves = leavesOf(
  Array.from({ length: 1100 }, (_, n) => Buffer.from(n.toString(16).padStart(4, "0"), "hex")),
);

/** The hash of a node, by the definition of what it stands for. */
function hashOf(node: ProofNode, size: number): Buffer {
  const width = 2 ** ("tail" in node ? node.tail : node.height);
  const start = "tail" in node ? Math.floor(size / width) * width : node.n * width;
  return treeHash(slice(leaves, start, "tail" in node ? size : start + width));
}

const proofOf = (first: number, second: number) =>
  consistencyNodes(first, second).map((node) => hashOf(node, second).toString("hex"));
const expected = (first: number, second: number) =>
  consistencyPath(first, slice(leaves, 0, second)).map((hash) => hash.toString("hex"));

describe("the nodes of a consistency proof", () => {
  it("are those of RFC 6962, for every two small trees", () => {
    for (let second = 1; second <= 40; second++)
      for (let first = 1; first <= second; first++)
        expect(proofOf(first, second), `${first} in ${second}`).toEqual(expected(first, second));
  });

  it("are those of RFC 6962, for any two", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1100 }), fc.integer({ min: 1, max: 1100 }), (a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        expect(proofOf(first, second)).toEqual(expected(first, second));
      }),
      { numRuns: 60 },
    );
  });

  it("are few in a tree of 2^45 leaves", () => {
    const size = 2 ** 45 - 1;
    const nodes = consistencyNodes(2 ** 33 + 1, size);
    expect(nodes.length).toBeLessThan(64);
    for (const node of nodes)
      if ("height" in node) expect((node.n + 1) * 2 ** node.height).toBeLessThanOrEqual(size);
  });
});
