/**
 * Witness cosignatures (C2SP tlog-cosignature v1): a witness signs the time together with the
 * checkpoint, and signs only what extends everything it signed before.
 */
import { utf8 } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import { names, signatureType, type VerifierKey } from "./key.ts";
import type { Note } from "./note.ts";
import type { Primitives } from "./primitives.ts";

export interface Cosignature {
  /** Key name of the witness. */
  witness: string;
  /** Unix seconds, by the witness's clock. */
  time: number;
}

/**
 * Checks every line of a witness and returns the latest of its cosignatures, or null when the note
 * has none of it.
 * @throws {VerifyError} `bad_signature`: a line of this witness is there, and is wrong.
 */
export async function verifyCosignature(
  note: Note,
  witness: VerifierKey,
  primitives: Primitives,
): Promise<Cosignature | null> {
  let latest: Cosignature | null = null;
  for (const line of note.signatures) {
    if (witness.type !== signatureType.cosignature || !names(line, witness)) continue;
    const { signature } = line;
    const time = signature.length === 72 ? readTime(signature) : null;
    if (
      time === null ||
      !(await primitives.ed25519(
        witness.publicKey,
        utf8(`cosignature/v1\ntime ${time}\n${note.text}`),
        signature.slice(8),
      ))
    )
      throw new VerifyError("bad_signature", `the cosignature of ${witness.name} is not valid`);
    if (latest === null || time > latest.time) latest = { witness: witness.name, time };
  }
  return latest;
}

/** Big-endian uint64; null beyond 2^53 − 1, which is no time at all. */
function readTime(signature: Uint8Array): number | null {
  const view = new DataView(signature.buffer, signature.byteOffset, 8);
  const time = Number(view.getBigUint64(0));
  return Number.isSafeInteger(time) ? time : null;
}
