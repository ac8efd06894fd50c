/** Transparency log proofs (C2SP tlog-proof): one entry, its path to the root, the signed checkpoint. */

export interface ProofParts {
  /** What only this format's readers understand; the proof says nothing about it. */
  extra: string;
  index: number;
  /** Sibling of the leaf first. */
  path: Buffer[];
  /** The signed note. */
  checkpoint: string;
}

export function proofText({ extra, index, path, checkpoint }: ProofParts): string {
  return [
    "c2sp.org/tlog-proof@v1",
    `extra ${Buffer.from(extra).toString("base64")}`,
    `index ${index}`,
    ...path.map((hash) => hash.toString("base64")),
    "",
    checkpoint,
  ].join("\n");
}
