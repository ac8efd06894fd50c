/**
 * RFC 6962 section 2.1, written down as it is defined: recursion over lists of leaves, nothing kept,
 * nothing shared with what it tests. Slow, and easy to compare with the text of the RFC.
 */
import { hash } from "node:crypto";

function sha256(...parts: Uint8Array[]): Buffer {
  return Buffer.from(hash("sha256", Buffer.concat(parts), "binary"), "latin1");
}

const leafHash = (d: Uint8Array) => sha256(Buffer.of(0), d);
const nodeHash = (l: Uint8Array, r: Uint8Array) => sha256(Buffer.of(1), l, r);

/** Largest power of two smaller than n, for n > 1. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** A list of leaf hashes seen from `start` to `end`, so that a million leaves are not copied at each level. */
export interface Leaves {
  hashes: Buffer[];
  start: number;
  end: number;
}

export function leavesOf(entries: Uint8Array[]): Leaves {
  return { hashes: entries.map(leafHash), start: 0, end: entries.length };
}

export function slice({ hashes, start }: Leaves, from: number, to: number): Leaves {
  return { hashes, start: start + from, end: start + to };
}

/** MTH(D[n]) */
export function treeHash(d: Leaves): Buffer {
  const n = d.end - d.start;
  if (n === 0) return sha256();
  if (n === 1) return d.hashes[d.start]!;
  const k = split(n);
  return nodeHash(treeHash(slice(d, 0, k)), treeHash(slice(d, k, n)));
}

/** PATH(m, D[n]) */
export function inclusionPath(m: number, d: Leaves): Buffer[] {
  const n = d.end - d.start;
  if (n === 1) return [];
  const k = split(n);
  return m < k
    ? [...inclusionPath(m, slice(d, 0, k)), treeHash(slice(d, k, n))]
    : [...inclusionPath(m - k, slice(d, k, n)), treeHash(slice(d, 0, k))];
}

/** PROOF(m, D[n]) */
export function consistencyPath(m: number, d: Leaves): Buffer[] {
  return subproof(m, d, true);
}

/** SUBPROOF(m, D[n], b) */
function subproof(m: number, d: Leaves, b: boolean): Buffer[] {
  const n = d.end - d.start;
  if (m === n) return b ? [] : [treeHash(d)];
  const k = split(n);
  return m <= k
    ? [...subproof(m, slice(d, 0, k), b), treeHash(slice(d, k, n))]
    : [...subproof(m - k, slice(d, k, n), false), treeHash(slice(d, 0, k))];
}
