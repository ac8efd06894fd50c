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

/**
 * The first entry of a log that continues a lost one.
 * @param time unix seconds. @param previous its final checkpoint, the signed note as it was shown.
 * @param reason what happened, for everybody to read.
 */
export function epochLeaf(time: number, previous: string, reason: string): Buffer {
  const p = Buffer.from(previous).toString("base64");
  const r = JSON.stringify(reason).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return Buffer.from(`{"v":1,"k":"epoch","t":${time},"p":"${p}","r":${r}}`);
}

/** What a `consent` leaf says: its time, unix seconds, and both commitments, base64url; null for any other leaf. */
export function readConsentLeaf(
  leaf: string,
): { time: number; subject: string; decision: string } | null {
  const [, time, subject, decision] =
    /^\{"v":1,"k":"consent","t":(\d+),"s":"([\w-]{43})","d":"([\w-]{43})"\}$/.exec(leaf) ?? [];
  return time !== undefined && subject !== undefined && decision !== undefined
    ? { time: Number(time), subject, decision }
    : null;
}

/** The hash that a `config` leaf carries, base64url; null for any other leaf. */
export function readConfigLeaf(leaf: string): string | null {
  return /^\{"v":1,"k":"config","t":\d+,"h":"([\w-]{43})"\}$/.exec(leaf)?.[1] ?? null;
}

/** The same entry at a later time. */
export function redated(leaf: Uint8Array, time: number): Buffer {
  const { v, k, t: _, ...rest } = JSON.parse(Buffer.from(leaf).toString("utf8"));
  return Buffer.from(JSON.stringify({ v, k, t: time, ...rest }));
}

/** `consent`, `config`, `erasure` or `epoch`. */
export function leafKind(leaf: Uint8Array): string {
  const { k }: { k: string } = JSON.parse(Buffer.from(leaf).toString("utf8"));
  return k;
}

/** Leaf time of a stored leaf, unix seconds. */
export function leafTime(leaf: Uint8Array): number {
  const { t }: { t: number } = JSON.parse(Buffer.from(leaf).toString("utf8"));
  return t;
}
