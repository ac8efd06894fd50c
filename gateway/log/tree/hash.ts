/**
 * Merkle tree hashing (RFC 6962, section 2.1). Leaves and nodes are hashed under different prefixes, so
 * that no leaf can pass for a node.
 */
import { hash } from "node:crypto";

/** Bytes of a hash. */
export const hashLength = 32;

const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);

/** Root of a tree without leaves. */
export const emptyRoot = (): Buffer => hash("sha256", "", "buffer");

/** @param data bytes of the entry. */
export function leafHash(data: Uint8Array): Buffer {
  return hash("sha256", Buffer.concat([leafPrefix, data]), "buffer");
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash("sha256", Buffer.concat([nodePrefix, left, right]), "buffer");
}

/** The n-th of hashes that stand one after the other. */
export function hashAt(hashes: Buffer, n: number): Buffer {
  return hashes.subarray(n * hashLength, (n + 1) * hashLength);
}

/** How many hashes these are. */
export function hashCount(hashes: Uint8Array): number {
  return hashes.length / hashLength;
}

/** The level above: one node over every two hashes, a last odd one left out. */
export function pairUp(hashes: Buffer): Buffer {
  const nodes: Buffer[] = [];
  for (let n = 0; n + 1 < hashCount(hashes); n += 2)
    nodes.push(nodeHash(hashAt(hashes, n), hashAt(hashes, n + 1)));
  return Buffer.concat(nodes);
}
