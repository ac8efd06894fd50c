/**
 * Cosignatures as a log meets them (C2SP tlog-cosignature v1, Ed25519): the witness's key as it is
 * configured, and the lines it answers with.
 */
import { createPublicKey, hash, verify, type KeyObject } from "node:crypto";

export interface WitnessKey {
  name: string;
  /** As written: `name+hex8+base64`. */
  text: string;
  /** Four bytes. */
  id: Buffer;
  publicKey: KeyObject;
}

export interface Cosignature {
  /** Unix seconds, by the witness's clock. */
  time: number;
  /** Time and Ed25519 signature, 72 bytes, as they stand in the line behind the key id. */
  signature: Buffer;
}

const type = 0x04;
const signatureLength = 72;
/** SPKI of an Ed25519 public key up to its 32 bytes (RFC 8410). */
const spki = Buffer.from("302a300506032b6570032100", "hex");

/** Reads a verifier key of a witness; null when it is none, or its id does not belong to it. */
export function parseWitnessKey(text: string): WitnessKey | null {
  const [, name = "", idText = "", encoded = ""] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text) ?? [];
  const typed = Buffer.from(encoded, "base64");
  if (typed.length !== 33 || typed[0] !== type || typed.toString("base64") !== encoded) return null;
  const id = hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), typed]), "buffer").subarray(
    0,
    4,
  );
  if (id.toString("hex") !== idText) return null;
  const key = Buffer.concat([spki, typed.subarray(1)]);
  return { name, text, id, publicKey: createPublicKey({ key, format: "der", type: "spki" }) };
}

/**
 * The witness's cosignature among signature lines; lines of others are ignored.
 * @param checkpoint text of the checkpoint, with its final newline.
 * @returns null when there is none, or one that is wrong.
 */
export function readCosignature(
  lines: string,
  { name, id, publicKey }: WitnessKey,
  checkpoint: string,
): Cosignature | null {
  for (const line of lines.split("\n")) {
    const [dash, lineName, encoded = "", ...rest] = line.split(" ");
    const bytes = Buffer.from(encoded, "base64");
    if (dash !== "—" || lineName !== name || rest.length > 0) continue;
    if (!bytes.subarray(0, 4).equals(id) || bytes.toString("base64") !== encoded) continue;
    const signature = bytes.subarray(4);
    if (signature.length !== signatureLength) return null;
    const time = signature.readBigUInt64BE(0);
    const message = Buffer.from(`cosignature/v1\ntime ${time}\n${checkpoint}`);
    if (time > BigInt(Number.MAX_SAFE_INTEGER)) return null;
    if (!verify(null, message, publicKey, signature.subarray(8))) return null;
    return { time: Number(time), signature };
  }
  return null;
}

/** The line of a stored cosignature, with its newline. @param key as written, see {@link WitnessKey}. */
export function cosignatureLine(key: string, signature: Uint8Array): string {
  const [name = "", id = ""] = key.split("+");
  const bytes = Buffer.concat([Buffer.from(id, "hex"), signature]);
  return `— ${name} ${bytes.toString("base64")}\n`;
}
