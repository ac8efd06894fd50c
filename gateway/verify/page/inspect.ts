/** From what a visitor put on the page to what can be said about it; no document needed. */
import { utf8 } from "../bytes.ts";
import { parseTrust, verifyCheckpoint } from "../checkpoint.ts";
import { readDescription } from "../description.ts";
import { isUndecided, VerifyError, type VerifyErrorCode } from "../errors.ts";
import { readCheckpoint, type LogFiles } from "../log-files.ts";
import type { Primitives } from "../primitives.ts";
import { claimedOrigin, verifyReceipt, type Receipt } from "../receipt.ts";
import { verifyExtension } from "../tile-proofs.ts";

export interface Submission {
  /** The receipt as pasted, or as read from a file. */
  text: string;
  /** Verifier key of the log, or empty. */
  key: string;
  /** Verifier keys of witnesses. */
  witnesses: string[];
  /** The log as this gateway serves it, to compare with; null when it is not known where that is. */
  log: LogFiles | null;
}

/** Whether the log, as served now, still holds what the receipt shows. */
export type Comparison = { kind: "extends"; size: number } | { kind: "unavailable" };

export type Outcome =
  | { kind: "nothing" }
  /** A receipt, and no key to check it with. */
  | { kind: "needs-key"; origin: string }
  | { kind: "verified"; receipt: Receipt; comparison: Comparison }
  | { kind: "failed" | "unchecked"; error: VerifyError };

export async function inspect(submission: Submission, primitives: Primitives): Promise<Outcome> {
  const { text, key, witnesses, log } = submission;
  if (text.trim() === "") return { kind: "nothing" };
  const bytes = receiptBytes(text);
  try {
    if (key.trim() === "") return { kind: "needs-key", origin: claimedOrigin(bytes) };
    const trust = await parseTrust(key.trim(), witnesses, primitives);
    const receipt = await verifyReceipt(bytes, trust, primitives);
    const comparison = await compare(receipt, { ...trust, witnesses: [] }, log, primitives);
    return { kind: "verified", receipt, comparison };
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    return { kind: isUndecided(error) ? "unchecked" : "failed", error };
  }
}

/** Copying tends to lose the last line end, and to add white space around. */
export function receiptBytes(text: string): Uint8Array {
  return utf8(`${text.trim()}\n`);
}

/** A site's id (contract: lower-case letters, digits, hyphens), which becomes part of an address. */
export function isSite(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,31}$/.test(text);
}

/**
 * Path of a site's log below the gateway, from the origin of a receipt: `<log name>/2026` or
 * `<log name>/2026/e2` stands at `log/<site>/2026` or `log/<site>/2026/e2`.
 * @returns null when the origin does not end in a year.
 */
export function logPath(site: string, origin: string): string | null {
  const [, year] = /\/(\d{4}(?:\/e\d+)?)$/.exec(origin) ?? [];
  return year === undefined || !isSite(site) ? null : `log/${site}/${year}`;
}

/**
 * The key that a log names itself.
 * @throws {VerifyError} `unreachable`, `bad_description`, `wrong_origin`: it is another log.
 */
export async function servedKey(log: LogFiles, origin: string): Promise<string> {
  const description = await readDescription(log);
  if (description.origin !== origin)
    throw new VerifyError("wrong_origin", "the receipt is not one of this site's log");
  return description.verifierKey;
}

/** What shows that the log once signed one thing and another thing now. */
const contradictions: ReadonlySet<VerifyErrorCode> = new Set([
  "rollback",
  "split_view",
  "inconsistent",
]);

/**
 * Compares with the log as served now. Whatever keeps that from being done (tiles reserved for auditors,
 * another site's log) says nothing against the receipt, only that it was not compared.
 */
async function compare(
  { checkpoint }: Receipt,
  trust: Parameters<typeof verifyCheckpoint>[1],
  log: LogFiles | null,
  primitives: Primitives,
): Promise<Comparison> {
  if (log === null) return { kind: "unavailable" };
  try {
    const newest = await verifyCheckpoint(await readCheckpoint(log), trust, primitives);
    await verifyExtension(log, checkpoint, newest, primitives);
    return { kind: "extends", size: newest.size };
  } catch (error) {
    if (!(error instanceof VerifyError) || contradictions.has(error.code)) throw error;
    return { kind: "unavailable" };
  }
}
