/**
 * Leaves of a consent log (docs/log-format.md): ASCII JSON with its fields in one order and nothing
 * between them, so that each leaf has one spelling. Nothing personal stands in one.
 */
import { fromBase64 } from "./bytes.ts";
import { VerifyError } from "./errors.ts";

interface LeafBase {
  /** Unix seconds, by the log's own clock; never decreases along a log. */
  time: number;
}

/** A decision: commitments to its two halves, base64url. */
export interface ConsentLeaf extends LeafBase {
  kind: "consent";
  subject: string;
  decision: string;
}

/** A configuration that decisions may name from here on: hash of its statement, base64url. */
export interface ConfigLeaf extends LeafBase {
  kind: "config";
  statement: string;
}

/** The record at `index` of `origin` (this log when null) was erased. */
export interface ErasureLeaf extends LeafBase {
  kind: "erasure";
  origin: string | null;
  index: number;
}

/** This log continues another: that one's final checkpoint, and why it ended. */
export interface EpochLeaf extends LeafBase {
  kind: "epoch";
  /** The signed note, verbatim, in base64. */
  previous: string;
  reason: string;
}

export type Leaf = ConsentLeaf | ConfigLeaf | ErasureLeaf | EpochLeaf;
export type LeafKind = Leaf["kind"];

/** The last second of the year 9999: beyond it a time is no time, and no date can show it. */
const latestTime = 253_402_300_799;

const hash = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Nearly every leaf is a consent: one match instead of parsing and writing again. */
const consentText =
  /^\{"v":1,"k":"consent","t":([1-9][0-9]{0,11}),"s":"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])","d":"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])"\}$/;

/**
 * Reads a leaf.
 * @param text the leaf's bytes, one character each.
 * @throws {VerifyError} `bad_leaf`: no leaf of this format, or not in its one spelling.
 */
export function parseLeaf(text: string): Leaf {
  const consent = consentText.exec(text);
  if (consent !== null && Number(consent[1]) <= latestTime)
    return {
      kind: "consent",
      time: Number(consent[1]),
      subject: consent[2]!,
      decision: consent[3]!,
    };
  const refuse = () => new VerifyError("bad_leaf", "an entry is not a leaf of this log format");
  if (!/^[ -~]*$/.test(text)) throw refuse();
  let fields: Record<string, unknown>;
  try {
    fields = Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    throw refuse();
  }
  const leaf = read(fields);
  if (leaf === null || write(leaf) !== text) throw refuse();
  return leaf;
}

function read({ k, t, h, o, i, p, r }: Record<string, unknown>): Leaf | null {
  if (!isCount(t) || t === 0 || t > latestTime) return null;
  if (k === "config" && typeof h === "string" && hash.test(h))
    return { kind: "config", time: t, statement: h };
  if (k === "erasure" && isCount(i) && (o === undefined || isText(o)))
    return { kind: "erasure", time: t, origin: o ?? null, index: i };
  if (k === "epoch" && isText(p) && fromBase64(p) !== null && isText(r))
    return { kind: "epoch", time: t, previous: p, reason: r };
  return null;
}

/** The one spelling of a leaf. */
function write(leaf: Leaf): string {
  const head = { v: 1, k: leaf.kind, t: leaf.time };
  switch (leaf.kind) {
    case "consent":
      return JSON.stringify({ ...head, s: leaf.subject, d: leaf.decision });
    case "config":
      return JSON.stringify({ ...head, h: leaf.statement });
    case "erasure":
      return JSON.stringify({
        ...head,
        ...(leaf.origin === null ? {} : { o: leaf.origin }),
        i: leaf.index,
      });
    case "epoch":
      return ascii(JSON.stringify({ ...head, p: leaf.previous, r: leaf.reason }));
  }
}

/** Everything beyond ASCII as `\\uXXXX`, in lower-case digits. */
function ascii(json: string): string {
  return json.replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 10_000;
}
