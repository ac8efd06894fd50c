/** Signed notes and verifier keys (C2SP signed-note), with Ed25519 alone. */
import { hash } from "node:crypto";

/** Signature type of Ed25519 over the text itself. */
const ed25519 = 0x01;

/** Who signs, as everybody may know it. */
export interface Signer {
  /** Name of the key: for a log, its origin. */
  name: string;
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array;
}

/** First four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
function keyId({ name, publicKey }: Signer): Buffer {
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ed25519), publicKey]);
  return hash("sha256", named, "buffer").subarray(0, 4);
}

/** `name+hex8(key id)+base64(type ‖ public key)`: what a verifier is given. */
export function verifierKey(signer: Signer): string {
  const typed = Buffer.concat([Buffer.of(ed25519), signer.publicKey]);
  return `${signer.name}+${keyId(signer).toString("hex")}+${typed.toString("base64")}`;
}

/**
 * Text, blank line, signature line.
 * @param text ends with a newline. @param signature over the text's bytes.
 */
export function signedNote(text: string, signer: Signer, signature: Uint8Array): string {
  const signed = Buffer.concat([keyId(signer), signature]).toString("base64");
  return `${text}\n— ${signer.name} ${signed}\n`;
}
