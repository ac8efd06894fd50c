/** Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log, as a signed note. */
import { fromBase64, fromDecimal, hashLength, type Bytes } from "./bytes.ts";
import { verifyCosignature, type Cosignature } from "./cosignature.ts";
import { VerifyError } from "./errors.ts";
import { parseVerifierKey, signatureType, type VerifierKey } from "./key.ts";
import { parseNote, verifyNote, type Note } from "./note.ts";
import type { Primitives } from "./primitives.ts";

export interface Checkpoint {
  /** Name of the log, `<log name>/<year>`. */
  origin: string;
  /** Number of entries. */
  size: number;
  /** Root of the Merkle tree over them, 32 bytes. */
  root: Bytes;
}

export interface VerifiedCheckpoint extends Checkpoint {
  /** One per witness asked for, in that order. */
  cosignatures: Cosignature[];
}

/** Whose signatures a checkpoint must carry; from outside the served files, always. */
export interface Trust {
  /** Key of the log, type Ed25519; its name is the log's origin. */
  log: VerifierKey;
  /** Keys of witnesses, each of which must have cosigned. */
  witnesses: VerifierKey[];
}

/**
 * Reads a checkpoint's text: three lines, no extension lines.
 * @throws {VerifyError} `bad_checkpoint`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", sizeLine = "", rootLine = "", end, ...more] = text.split("\n");
  const size = fromDecimal(sizeLine);
  const root = fromBase64(rootLine);
  if (origin === "" || end !== "" || more.length > 0)
    throw new VerifyError("bad_checkpoint", "a checkpoint has exactly three lines of text");
  if (size === null)
    throw new VerifyError("bad_checkpoint", "the checkpoint's size is not a decimal number");
  if (root === null || root.length !== hashLength)
    throw new VerifyError("bad_checkpoint", "the checkpoint's root is not 32 bytes of base64");
  return { origin, size, root };
}

/** Reads the keys a verifier was given. @throws {VerifyError} `bad_key`. */
export async function parseTrust(
  log: string,
  witnesses: string[],
  primitives: Primitives,
): Promise<Trust> {
  return {
    log: await parseVerifierKey(log, signatureType.ed25519, primitives),
    witnesses: await Promise.all(
      witnesses.map((key) => parseVerifierKey(key, signatureType.cosignature, primitives)),
    ),
  };
}

/**
 * Reads a checkpoint and checks who signed it. The log's key name must be the origin: in this format
 * one origin is one key.
 * @throws {VerifyError} `bad_note`, `bad_checkpoint`, `unsigned`, `bad_signature`, `wrong_origin`,
 *   `missing_cosignature`.
 */
export async function verifyCheckpoint(
  bytes: Uint8Array,
  trust: Trust,
  primitives: Primitives,
): Promise<VerifiedCheckpoint> {
  const note = parseNote(bytes);
  await verifyNote(note, trust.log, primitives);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== trust.log.name)
    throw new VerifyError("wrong_origin", `the checkpoint is not one of ${trust.log.name}`);
  const cosignatures = await presentCosignatures(note, trust.witnesses, primitives);
  for (const { name } of trust.witnesses)
    if (!cosignatures.some(({ witness }) => witness === name))
      throw new VerifyError("missing_cosignature", `the checkpoint is not cosigned by ${name}`);
  return { ...checkpoint, cosignatures };
}

/**
 * The cosignatures a note has of these witnesses, in their order; a witness may have none.
 * @throws {VerifyError} `bad_signature`: a line of one of them is there, and is wrong.
 */
export async function presentCosignatures(
  note: Note,
  witnesses: VerifierKey[],
  primitives: Primitives,
): Promise<Cosignature[]> {
  const found: Cosignature[] = [];
  for (const witness of witnesses) {
    const cosignature = await verifyCosignature(note, witness, primitives);
    if (cosignature !== null) found.push(cosignature);
  }
  return found;
}
