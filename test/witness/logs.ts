/** What logs send to witnesses, from the reference implementation. */
import { createHash } from "node:crypto";
import { checkpoint, checkpointText, type Signer } from "../verify/reference/note.ts";
import { consistencyPath, leavesOf, slice, treeHash } from "../verify/reference/tree.ts";

/** Leaves of a log that another seed makes another log of, from the first leaf on. */
export const leaves = (seed: string, count = 300) =>
  leavesOf(
    Array.from({ length: count }, (_, n) => createHash("sha256").update(`${seed} ${n}`).digest()),
  );

export type Leaves = ReturnType<typeof leaves>;

export const rootAt = (log: Leaves, size: number): Buffer => treeHash(slice(log, 0, size));

export const textAt = (signer: Signer, log: Leaves, size: number): string =>
  checkpointText(signer.name, size, rootAt(log, size));

export const noteAt = (signer: Signer, log: Leaves, size: number): string =>
  checkpoint(signer, size, rootAt(log, size));

export const proofBetween = (log: Leaves, from: number, to: number): Buffer[] =>
  from === 0 ? [] : consistencyPath(from, slice(log, 0, to));

/** The body of `add-checkpoint`. */
export const request = (old: number | string, proof: Buffer[], note: string): string =>
  [`old ${old}`, ...proof.map((hash) => hash.toString("base64")), "", note].join("\n");

/** The request of an honest log that the witness last saw at `from`. */
export const growth = (signer: Signer, log: Leaves, from: number, to: number): string =>
  request(from, proofBetween(log, from, to), noteAt(signer, log, to));
