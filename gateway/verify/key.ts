/** Verifier keys of signed notes: `name+hex8(key id)+base64(type ‖ public key)` (C2SP signed-note). */
import { concat, equal, fromBase64, toHex, utf8, type Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import type { Primitives } from "./primitives.ts";

/** Signature types (C2SP signed-note): a log signs the text itself, a witness adds a time. */
export const signatureType = { ed25519: 0x01, cosignature: 0x04 } as const;

export type SignatureType = (typeof signatureType)[keyof typeof signatureType];

export interface VerifierKey {
  name: string;
  /** First four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
  id: Bytes;
  type: SignatureType;
  /** Ed25519, 32 bytes. */
  publicKey: Bytes;
  /** As written. */
  text: string;
}

/** Key names: not empty, no Unicode space, no plus (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return name !== "" && !/[\s\p{White_Space}\p{Cc}+]/u.test(name);
}

/**
 * Reads a verifier key.
 * @param type the only signature type accepted here.
 * @throws {VerifyError} `bad_key`: not a verifier key, of another type, or its id does not belong to it.
 */
export async function parseVerifierKey(
  text: string,
  type: SignatureType,
  primitives: Primitives,
): Promise<VerifierKey> {
  const [, name = "", idText = "", keyText = ""] =
    /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const typed = fromBase64(keyText);
  if (!isKeyName(name) || typed === null || typed.length !== 33)
    throw new VerifyError(
      "bad_key",
      "the verifier key must look like name+1a2b3c4d+base64, with an Ed25519 key of 32 bytes",
    );
  if (typed[0] !== type)
    throw new VerifyError(
      "bad_key",
      type === signatureType.ed25519
        ? "this is not the key of a log (Ed25519, type 1)"
        : "this is not the key of a witness (timestamped Ed25519, type 4)",
    );
  const id = (await primitives.sha256(concat(utf8(`${name}\n`), typed))).slice(0, 4);
  if (toHex(id) !== idText)
    throw new VerifyError("bad_key", "the verifier key's id does not belong to its name and key");
  return { name, id, type, publicKey: typed.slice(1), text };
}

/** Whether a signature line names this key: name and id both, never one of them (C2SP signed-note). */
export function names(line: { name: string; keyId: Bytes }, key: VerifierKey): boolean {
  return line.name === key.name && equal(line.keyId, key.id);
}
