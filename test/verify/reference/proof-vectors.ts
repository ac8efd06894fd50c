/** Inclusion and consistency proofs, whole and mutated, each named after what was done to it. */
import { consistencyPath, inclusionPath, leavesOf, treeHash } from "./tree.ts";
import type { ConsistencyVector, InclusionVector, Vectors } from "./vector.ts";

/** Entry i is i as eight bytes, big-endian. */
function countedEntries(size: number): Buffer[] {
  return Array.from({ length: size }, (_, i) => {
    const entry = Buffer.alloc(8);
    entry.writeBigUInt64BE(BigInt(i));
    return entry;
  });
}

const hex = (hashes: Buffer[]) => hashes.map((hash) => hash.toString("hex"));
const other = "ff".repeat(32);
/** Flips the lowest bit of a hash in hex. */
const flipped = (hash: string) =>
  hash.slice(0, -1) + (Number.parseInt(hash.slice(-1), 16) ^ 1).toString(16);

function inclusion(index: number, size: number): InclusionVector {
  const leaves = leavesOf(countedEntries(size));
  return {
    what: "inclusion",
    about: `entry ${index} of ${size} counted entries`,
    index,
    size,
    leaf: leaves.hashes[index]!.toString("hex"),
    path: hex(inclusionPath(index, leaves)),
    root: treeHash(leaves).toString("hex"),
    expect: "verified",
  };
}

function consistency(first: number, second: number): ConsistencyVector {
  const leaves = leavesOf(countedEntries(second));
  return {
    what: "consistency",
    about: `${second} counted entries begin with ${first} of them`,
    first,
    second,
    path: first === 0 ? [] : hex(consistencyPath(first, leaves)),
    firstRoot: treeHash({ ...leaves, end: first }).toString("hex"),
    secondRoot: treeHash(leaves).toString("hex"),
    expect: "verified",
  };
}

export function inclusionVectors(): Vectors {
  const whole = inclusion(300, 777);
  const { path } = whole;
  const wrong = (change: Partial<InclusionVector>): InclusionVector => ({
    ...whole,
    expect: "not_included",
    ...change,
  });
  return {
    "inclusion-only-leaf": inclusion(0, 1),
    "inclusion-first-of-two": inclusion(0, 2),
    "inclusion-last-of-255": inclusion(254, 255),
    "inclusion-last-of-256": inclusion(255, 256),
    "inclusion-last-of-257": inclusion(256, 257),
    "inclusion-middle-of-777": whole,
    "inclusion-index-one-less": wrong({ index: 299 }),
    "inclusion-index-one-more": wrong({ index: 301 }),
    "inclusion-index-at-size": wrong({ index: 777 }),
    "inclusion-index-plus-2-to-32": wrong({ index: 300 + 2 ** 32 }),
    "inclusion-index-negative": wrong({ index: -1, expect: "bad_proof" }),
    "inclusion-size-plus-2-to-32": wrong({ size: 777 + 2 ** 32 }),
    "inclusion-size-doubled": wrong({ size: 1554 }),
    "inclusion-size-halved": wrong({ size: 388 }),
    "inclusion-size-zero": wrong({ index: 0, size: 0, path: [] }),
    "inclusion-leaf-bit-flipped": wrong({ leaf: flipped(whole.leaf) }),
    "inclusion-root-bit-flipped": wrong({ root: flipped(whole.root) }),
    "inclusion-path-bit-flipped": wrong({ path: [flipped(path[0]!), ...path.slice(1)] }),
    "inclusion-path-first-removed": wrong({ path: path.slice(1) }),
    "inclusion-path-last-removed": wrong({ path: path.slice(0, -1) }),
    "inclusion-path-reversed": wrong({ path: path.toReversed() }),
    "inclusion-path-root-appended": wrong({ path: [...path, whole.root] }),
    "inclusion-path-garbage-prepended": wrong({ path: [other, ...path] }),
    "inclusion-path-empty": wrong({ path: [] }),
    "inclusion-path-hash-of-31-bytes": wrong({
      path: [path[0]!.slice(2), ...path.slice(1)],
      expect: "bad_proof",
    }),
    "inclusion-path-of-65-hashes": wrong({
      path: Array.from({ length: 65 }, () => other),
      expect: "bad_proof",
    }),
    "inclusion-root-as-leaf-of-one": {
      ...whole,
      about:
        "a node is no leaf, but only the prefix of the leaf hash can tell: here the root passes",
      index: 0,
      size: 1,
      leaf: whole.root,
      path: [],
    },
  };
}

export function consistencyVectors(): Vectors {
  const whole = consistency(300, 777);
  const { path } = whole;
  const wrong = (change: Partial<ConsistencyVector>): ConsistencyVector => ({
    ...whole,
    expect: "inconsistent",
    ...change,
  });
  const same = consistency(257, 257);
  return {
    "consistency-1-to-2": consistency(1, 2),
    "consistency-255-to-256": consistency(255, 256),
    "consistency-256-to-257": consistency(256, 257),
    "consistency-65535-to-65537": consistency(65_535, 65_537),
    "consistency-300-to-777": whole,
    "consistency-equal-sizes": same,
    "consistency-equal-sizes-other-root": { ...same, firstRoot: other, expect: "inconsistent" },
    "consistency-equal-sizes-with-proof": { ...same, path: [other], expect: "inconsistent" },
    "consistency-from-empty": { ...consistency(0, 5), expect: "bad_proof" },
    "consistency-from-empty-with-proof": {
      ...consistency(0, 5),
      path: [other],
      expect: "bad_proof",
    },
    "consistency-sizes-swapped": wrong({
      first: 777,
      second: 300,
      firstRoot: whole.secondRoot,
      secondRoot: whole.firstRoot,
    }),
    "consistency-first-one-less": wrong({ first: 299 }),
    "consistency-first-one-more": wrong({ first: 301 }),
    "consistency-second-doubled": wrong({ second: 1554 }),
    "consistency-sizes-plus-2-to-32": wrong({ first: 300 + 2 ** 32, second: 777 + 2 ** 32 }),
    "consistency-first-root-bit-flipped": wrong({ firstRoot: flipped(whole.firstRoot) }),
    "consistency-second-root-bit-flipped": wrong({ secondRoot: flipped(whole.secondRoot) }),
    "consistency-roots-swapped": wrong({
      firstRoot: whole.secondRoot,
      secondRoot: whole.firstRoot,
    }),
    "consistency-path-bit-flipped": wrong({ path: [...path.slice(0, -1), flipped(path.at(-1)!)] }),
    "consistency-path-first-removed": wrong({ path: path.slice(1) }),
    "consistency-path-last-removed": wrong({ path: path.slice(0, -1) }),
    "consistency-path-empty": wrong({ path: [] }),
    "consistency-path-reversed": wrong({ path: path.toReversed() }),
    "consistency-path-root-appended": wrong({ path: [...path, whole.secondRoot] }),
    "consistency-path-hash-of-33-bytes": wrong({
      path: [`${path[0]!}00`, ...path.slice(1)],
      expect: "bad_proof",
    }),
    "consistency-power-of-two-with-its-root-prepended": {
      ...consistency(256, 777),
      about: "a first tree that is a power of two must be left out of its proof",
      path: [consistency(256, 777).firstRoot, ...consistency(256, 777).path],
      expect: "inconsistent",
    },
  };
}
