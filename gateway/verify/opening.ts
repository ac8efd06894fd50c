/**
 * Openings: a half of a record with the salt it was committed to under. Whoever has one can read the
 * half and see that the log committed to exactly these bytes; nobody else can even guess at it.
 */
import { concat, equal, fromBase64Url, hashLength, utf8, type Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import type { Primitives } from "./primitives.ts";

export type Half = "subject" | "decision";

/** The tags keep a commitment to one half from passing for the other. docs/log-format.md */
const tags: Record<Half, Bytes> = {
  subject: utf8("soglas/subject-half/v1\n"),
  decision: utf8("soglas/decision-half/v1\n"),
};

export interface Opening {
  /** 32 bytes. */
  salt: Bytes;
  /** The half, whose UTF-8 bytes were committed to. */
  text: string;
}

/**
 * Checks a half against the commitment in a leaf: SHA-256(tag ‖ salt ‖ bytes). The bytes are taken as
 * they are, never parsed and written again.
 * @param commitment base64url, from the leaf.
 * @throws {VerifyError} `wrong_opening`.
 */
export async function verifyOpening(
  half: Half,
  { salt, text }: Opening,
  commitment: string,
  { sha256 }: Primitives,
): Promise<void> {
  const opened = await sha256(concat(tags[half], salt, utf8(text)));
  const expected = fromBase64Url(commitment);
  if (expected === null || !equal(opened, expected))
    throw new VerifyError("wrong_opening", `the ${half} half is not what the log committed to`);
}

/** Reads an opening as a receipt carries it. @throws {VerifyError} `bad_opening`. */
export function parseOpening(value: unknown): Opening {
  const { salt, text, ...more } = Object(value) as Record<string, unknown>;
  const bytes = typeof salt === "string" ? fromBase64Url(salt) : null;
  if (bytes?.length !== hashLength || !isExactText(text) || Object.keys(more).length > 0)
    throw new VerifyError("bad_opening", "an opening is a salt of 32 bytes and a text");
  return { salt: bytes, text };
}

/** A text that UTF-8 can carry: a lone surrogate would be replaced, and hash to something else. */
export function isExactText(value: unknown): value is string {
  return typeof value === "string" && value.isWellFormed();
}
