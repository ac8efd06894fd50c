/**
 * Rows of an export (docs/log-format.md), whatever the file's form: records in the order of their logs,
 * after the records of each log what proves them, and one row at the end.
 */
import { fromBase64, fromBase64Url, hashLength, type Bytes } from "../bytes.ts";
import { VerifyError } from "../errors.ts";

export interface RecordRow {
  kind: "record";
  log: string;
  index: number;
  /** Leaf time, unix seconds. */
  time: number;
  /** Salt of the decision half. */
  salt: Bytes;
  /** Commitment to the subject half, base64url. */
  subject: string;
  /** The decision half's exact text. */
  decision: string;
  /** What stands between the record before and this one. */
  proof: Token[];
  /** A receipt in the words of ISO/IEC TS 27560, or null. */
  receipt: Record<string, unknown> | null;
}

export interface LogRow {
  kind: "log";
  log: string;
  /** The first index of the range it claims to hold whole, and the one after the last; or null. */
  covers: { from: number; to: number } | null;
  /** What stands behind the last record. */
  proof: Token[];
  /** The signed note. */
  checkpoint: Bytes;
}

export interface EndRow {
  kind: "end";
  /** What the exporter says of the export, JSON. */
  about: string;
  /** SHA-256 of every byte before this row, and of `about`. */
  digest: Bytes;
}

export type Row = RecordRow | LogRow | EndRow;

/** An entry that is no decision, as it stands in the log; or the root over 2^level entries. */
export type Token = { leaf: Bytes } | { level: number; root: Bytes };

export const badExport = (what: string) => new VerifyError("bad_export", what);

/** `leaf:<base64>` or `<level>:<base64 hash>`. @throws {VerifyError} `bad_export`. */
export function parseToken(text: string): Token {
  const [, what = "", encoded = ""] = /^(leaf|[0-9]|[1-4][0-9]|5[0-2]):(\S+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes === null || bytes.length === 0)
    throw badExport("a hash of the export is not in base64");
  if (what === "leaf") return { leaf: bytes };
  if (bytes.length !== hashLength) throw badExport("a hash of the export is not 32 bytes");
  return { level: Number(what), root: bytes };
}

/** 32 bytes of base64url. @throws {VerifyError} `bad_export`. */
export function parseHash(text: unknown): Bytes {
  const bytes = typeof text === "string" ? fromBase64Url(text) : null;
  if (bytes?.length !== hashLength)
    throw badExport("a salt or hash of the export is not 32 bytes of base64url");
  return bytes;
}

/** Standard base64 of a note. @throws {VerifyError} `bad_export`. */
export function parseNoteText(text: unknown): Bytes {
  const bytes = typeof text === "string" ? fromBase64(text) : null;
  if (bytes === null) throw badExport("a checkpoint of the export is not in base64");
  return bytes;
}

export function isIndex(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
