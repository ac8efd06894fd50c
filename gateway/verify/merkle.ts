/**
 * Merkle tree proofs (RFC 9162 sections 2.1.1 to 2.1.4). Sizes and indices exceed 32 bits, so they are
 * halved and compared as numbers: the bit operators of JavaScript would cut them.
 */
import { concat, equal, hashLength, type Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import type { Primitives } from "./primitives.ts";

/** More than a tree of 2^53 leaves can have on a path. */
export const maxProofLength = 64;

export async function leafHash(leaf: Uint8Array, { sha256 }: Primitives): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(0), leaf));
}

async function nodeHash(left: Bytes, right: Bytes, { sha256 }: Primitives): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(1), left, right));
}

function checkHashes(hashes: Bytes[]): void {
  if (hashes.length > maxProofLength || hashes.some((hash) => hash.length !== hashLength))
    throw new VerifyError("bad_proof", "a proof is at most 64 hashes of 32 bytes each");
}

function checkSizes(...sizes: number[]): void {
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 0))
    throw new VerifyError("bad_proof", "a size or index is not a whole number");
}

const isOdd = (n: number) => n % 2 === 1;
const half = (n: number) => Math.floor(n / 2);

/**
 * Checks that the leaf stands at `index` of the tree of `size` leaves with this root
 * (RFC 9162 section 2.1.3.2).
 * @param leaf the leaf's hash.
 * @param path sibling of the leaf first.
 * @throws {VerifyError} `bad_proof`: not a proof at all; `not_included`: it proves something else.
 */
export async function verifyInclusion(
  proof: { index: number; size: number; leaf: Bytes; path: Bytes[]; root: Bytes },
  primitives: Primitives,
): Promise<void> {
  const { index, size, leaf, path, root } = proof;
  checkSizes(index, size);
  checkHashes([...path, leaf, root]);
  const refuse = (why: string) => new VerifyError("not_included", why);
  if (index >= size) throw refuse("the index lies beyond the size of the tree");
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) throw refuse("the inclusion proof is too long");
    if (isOdd(fn) || fn === sn) {
      hash = await nodeHash(sibling, hash, primitives);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = await nodeHash(hash, sibling, primitives);
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw refuse("the inclusion proof is too short");
  if (!equal(hash, root)) throw refuse("the inclusion proof does not lead to the signed root");
}

/**
 * Checks that the tree of `second` leaves begins with the tree of `first` leaves
 * (RFC 9162 section 2.1.4.2).
 * @throws {VerifyError} `bad_proof`: not a proof at all, or `first` is 0, about which nothing can be
 *   proven; `inconsistent`: it proves something else.
 */
export async function verifyConsistency(
  proof: { first: number; second: number; path: Bytes[]; firstRoot: Bytes; secondRoot: Bytes },
  primitives: Primitives,
): Promise<void> {
  const { first, second, firstRoot, secondRoot } = proof;
  checkSizes(first, second);
  checkHashes([...proof.path, firstRoot, secondRoot]);
  const refuse = (why: string) => new VerifyError("inconsistent", why);
  if (first === 0) throw new VerifyError("bad_proof", "consistency with an empty log says nothing");
  if (first > second) throw refuse("the earlier tree is larger than the later one");
  if (first === second) {
    if (proof.path.length > 0) throw refuse("equal sizes need no proof");
    if (!equal(firstRoot, secondRoot)) throw refuse("two roots at the same size");
    return;
  }
  let [fn, sn] = [first - 1, second - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  // A first tree that is a perfect subtree of the second is its own first step.
  const path = fn === 0 ? [firstRoot, ...proof.path] : proof.path;
  const [start, ...steps] = path;
  if (start === undefined || proof.path.length === 0)
    throw refuse("the consistency proof is empty");
  let [fr, sr] = [start, start];
  for (const step of steps) {
    if (sn === 0) throw refuse("the consistency proof is too long");
    if (isOdd(fn) || fn === sn) {
      fr = await nodeHash(step, fr, primitives);
      sr = await nodeHash(step, sr, primitives);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else sr = await nodeHash(sr, step, primitives);
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw refuse("the consistency proof is too short");
  if (!equal(fr, firstRoot))
    throw refuse("the consistency proof does not lead to the earlier root");
  if (!equal(sr, secondRoot)) throw refuse("the consistency proof does not lead to the later root");
}
