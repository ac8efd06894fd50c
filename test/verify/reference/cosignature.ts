/** C2SP tlog-cosignature v1, read and checked from the text of the specification. */
import { createHash, createPublicKey, verify } from "node:crypto";

export interface ReadCosignature {
  name: string;
  /** Unix seconds. */
  time: number;
}

/** SPKI of an Ed25519 key up to its 32 bytes (RFC 8410). */
const spki = Buffer.from("302a300506032b6570032100", "hex");

/**
 * Reads one signature line and checks it.
 * @param verifierKey of the witness. @param text of the checkpoint, with its final newline.
 * @returns null when the line is not this witness's, or is wrong.
 */
export function readCosignature(
  line: string,
  verifierKey: string,
  text: string,
): ReadCosignature | null {
  const key = /^(.+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey)!;
  const typed = Buffer.from(key[3]!, "base64");
  const id = createHash("sha256").update(`${key[1]}\n`).update(typed).digest("hex").slice(0, 8);
  const parts = /^— (\S+) (\S+)\n$/.exec(line);
  if (typed[0] !== 4 || id !== key[2] || parts === null) return null;
  const bytes = Buffer.from(parts[2]!, "base64");
  if (parts[1] !== key[1] || bytes.toString("hex", 0, 4) !== id || bytes.length !== 76) return null;
  const time = bytes.readBigUInt64BE(4);
  const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
  const publicKey = createPublicKey({
    key: Buffer.concat([spki, typed.subarray(1)]),
    format: "der",
    type: "spki",
  });
  return verify(null, message, publicKey, bytes.subarray(12))
    ? { name: parts[1]!, time: Number(time) }
    : null;
}
