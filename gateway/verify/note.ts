/**
 * Signed notes (C2SP signed-note): text, a blank line, then one line per signature.
 *
 *     example.com/log/2026
 *     1
 *     bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=
 *
 *     — example.com/log/2026 x08go/ZJkuBS9UG…
 */
import { fromBase64, fromUtf8, utf8, type Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import { isKeyName, names, signatureType, type VerifierKey } from "./key.ts";
import type { Primitives } from "./primitives.ts";

export interface SignatureLine {
  name: string;
  /** 4 bytes. */
  keyId: Bytes;
  /** What follows the key id. */
  signature: Bytes;
}

export interface Note {
  /** With its final newline, without the blank line. */
  text: string;
  signatures: SignatureLine[];
}

/** More than any quorum needs; the specification asks for at least 16. */
const maxSignatures = 100;
/** Characters: 16 post-quantum signatures and to spare. */
const maxLength = 1_000_000;

/**
 * Takes a note apart without checking any signature.
 * @throws {VerifyError} `bad_note`.
 */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > maxLength) throw new VerifyError("bad_note", "the note is too long");
  const whole = fromUtf8(bytes, "bad_note", "the note");
  for (let i = 0; i < whole.length; i++)
    if (whole.charCodeAt(i) < 0x20 && whole[i] !== "\n")
      throw new VerifyError("bad_note", "the note has control characters in it");
  const split = whole.lastIndexOf("\n\n");
  if (split < 0 || !whole.endsWith("\n") || split + 2 === whole.length)
    throw new VerifyError("bad_note", "the note has no text with signatures below it");
  const lines = whole.slice(split + 2, -1).split("\n");
  if (lines.length > maxSignatures)
    throw new VerifyError("bad_note", "the note has too many signatures");
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseLine) };
}

function parseLine(line: string): SignatureLine {
  const [dash, name = "", encoded = "", ...rest] = line.split(" ");
  const bytes = fromBase64(encoded);
  if (dash !== "—" || !isKeyName(name) || rest.length > 0 || bytes === null || bytes.length < 5)
    throw new VerifyError("bad_note", "a signature line of the note is malformed");
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/**
 * Checks every line of the given key; lines of other keys are ignored.
 * @param key of type Ed25519.
 * @throws {VerifyError} `unsigned`: no line is of this key; `bad_signature`: one is, and is wrong.
 */
export async function verifyNote(
  note: Note,
  key: VerifierKey,
  primitives: Primitives,
): Promise<void> {
  const lines = note.signatures.filter((line) => names(line, key));
  if (key.type !== signatureType.ed25519 || lines.length === 0)
    throw new VerifyError("unsigned", `the note is not signed by the key given for ${key.name}`);
  for (const { signature } of lines)
    if (
      signature.length !== 64 ||
      !(await primitives.ed25519(key.publicKey, utf8(note.text), signature))
    )
      throw new VerifyError("bad_signature", `the signature of ${key.name} is not valid`);
}
