/** Salted commitments: what a leaf says of a half without saying anything of it. docs/log-format.md */
import { createHash } from "node:crypto";

/** Which half is committed to; the tags keep a commitment to one from passing for the other. */
export type Half = "subject" | "decision";

/** Bytes of a salt and of a commitment. */
export const saltLength = 32;

const tags: Record<Half, Buffer> = {
  subject: Buffer.from("soglas/subject-half/v1\n"),
  decision: Buffer.from("soglas/decision-half/v1\n"),
};

/**
 * SHA-256(tag ‖ salt ‖ bytes).
 * @param salt 32 bytes; without it a commitment to a guessable half could be tried out.
 * @param bytes the half, exactly as stored, in as many parts as it is in.
 */
export function commitment(
  half: Half,
  salt: Uint8Array,
  ...bytes: (Uint8Array | string)[]
): Buffer {
  if (salt.length !== saltLength) throw new RangeError(`a salt has ${saltLength} bytes`);
  const digest = createHash("sha256").update(tags[half]).update(salt);
  for (const part of bytes) digest.update(part);
  return digest.digest();
}
