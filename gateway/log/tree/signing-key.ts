/**
 * The key a log signs its checkpoints with: Ed25519, made at random for each log, stored only sealed. Who
 * takes the database without the installation secret can sign nothing in its name.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import type { InstallationSecret } from "../../secret.ts";
import { nonceLength, seal, unseal } from "../seal.ts";
import { checkpointText } from "./checkpoint.ts";
import { IntegrityError } from "./integrity.ts";
import { signedNote, type Signer } from "./note.ts";

/** A signing key as it is stored. */
export interface StoredKey {
  publicKey: Uint8Array;
  /** PKCS #8 under a key that follows from the installation secret and the origin. */
  sealed: Uint8Array;
}

/** SPKI of an Ed25519 public key up to its 32 bytes (RFC 8410). */
const spki = Buffer.from("302a300506032b6570032100", "hex");

const wrapping = (secret: InstallationSecret, origin: string) => secret.derive("log-wrap", origin);

export function makeSigningKey(secret: InstallationSecret, origin: string): StoredKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  const bytes = privateKey.export({ format: "der", type: "pkcs8" });
  return {
    publicKey: publicHalf(privateKey),
    sealed: seal(wrapping(secret, origin), bytes, randomBytes(nonceLength)),
  };
}

/** Signs one size of a log. @returns the signature, 64 bytes. */
export type Sign = (size: number, root: Buffer) => Buffer;

/**
 * @throws {IntegrityError} `wrong_key`: sealed under another installation secret, or for another origin.
 */
export function openSigningKey(
  secret: InstallationSecret,
  origin: string,
  { publicKey, sealed }: StoredKey,
): Sign {
  let key: KeyObject;
  try {
    const bytes = unseal(wrapping(secret, origin), sealed);
    key = createPrivateKey({ key: bytes, format: "der", type: "pkcs8" });
    if (!publicHalf(key).equals(publicKey)) throw new Error("another key's public half");
  } catch (error) {
    throw new IntegrityError(
      "wrong_key",
      "the log's signing key does not open: the installation secret is not the one it was made under",
      { cause: error },
    );
  }
  return (size, root) => sign(null, Buffer.from(checkpointText(origin, size, root)), key);
}

/** The checkpoint as it is published, from what is stored of it. */
export function checkpointNote(
  signer: Signer,
  { size, root, signature }: { size: number; root: Uint8Array; signature: Uint8Array },
): string {
  return signedNote(checkpointText(signer.name, size, Buffer.from(root)), signer, signature);
}

/** Whether a stored checkpoint carries the log's own signature. */
export function isSigned(
  signer: Signer,
  { size, root, signature }: { size: number; root: Uint8Array; signature: Uint8Array },
): boolean {
  const text = checkpointText(signer.name, size, Buffer.from(root));
  const key = {
    key: Buffer.concat([spki, signer.publicKey]),
    format: "der",
    type: "spki",
  } as const;
  return verify(null, Buffer.from(text), createPublicKey(key), signature);
}

function publicHalf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(spki.length);
}
