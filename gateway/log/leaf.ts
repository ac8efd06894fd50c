/** Leaves: the bytes the log is a log of. Nothing personal stands in them. docs/log-format.md */

/** @param time unix seconds. @param subject, decision: the commitments to the two halves. */
export function consentLeaf(time: number, subject: Buffer, decision: Buffer): Buffer {
  const s = subject.toString("base64url");
  const d = decision.toString("base64url");
  return Buffer.from(`{"v":1,"k":"consent","t":${time},"s":"${s}","d":"${d}"}`);
}

/** @param time unix seconds. @param hash of the statement's bytes, base64url. */
export function configLeaf(time: number, hash: string): Buffer {
  return Buffer.from(`{"v":1,"k":"config","t":${time},"h":"${hash}"}`);
}

/**
 * @param time unix seconds. @param index of the erased record.
 * @param origin of the log it stands in, or null when it is the log of this leaf.
 */
export function erasureLeaf(time: number, origin: string | null, index: number): Buffer {
  const elsewhere = origin === null ? "" : `"o":${JSON.stringify(origin)},`;
  return Buffer.from(`{"v":1,"k":"erasure","t":${time},${elsewhere}"i":${index}}`);
}

/** Leaf time of a stored leaf, unix seconds. */
export function leafTime(leaf: Uint8Array): number {
  const { t }: { t: number } = JSON.parse(Buffer.from(leaf).toString("utf8"));
  return t;
}
