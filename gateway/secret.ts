/**
 * The installation secret and the keys derived from it.
 *
 * One random value (file created 0600 on first start, or `SOGLAS_SECRET`) is the root; every key is
 * HKDF-SHA-256 of it with a label of its own, so that no key is used for two things.
 */
import { hkdfSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { readOrCreate } from "./secret-file.ts";

/** What a derived key is for; the label is part of the derivation and never changes. */
export type KeyPurpose =
  | "token"
  | "token-nonce"
  | "subject-map"
  | "pseudonym"
  | "order"
  | "event-key"
  | "event-id"
  | "order"
  | "event-key"
  | "log-wrap"
  | "first-key"
  | "installation-id"
  | "sign-in";

export interface InstallationSecret {
  /** A 32-byte key for one purpose, optionally bound to a context such as a site or a day. */
  derive(purpose: KeyPurpose, context?: string): Buffer;
}

const salt = "soglas/installation/v1";

/** @param root at least 32 random bytes. */
export function installationSecret(root: Uint8Array): InstallationSecret {
  if (root.length < 32) throw new RangeError("the installation secret must have at least 32 bytes");
  return {
    derive: (purpose, context = "") =>
      Buffer.from(hkdfSync("sha256", root, salt, `${purpose}\0${context}`, 32)),
  };
}

/** Reads `<folder>/secret`, creating it on first start. */
export function readOrCreateSecret(folder: string): InstallationSecret {
  const make = () => `${randomBytes(32).toString("base64url")}\n`;
  return installationSecret(decode(readOrCreate(join(folder, "secret"), make)));
}

/** Accepts the text of the file or of `SOGLAS_SECRET`: base64url of at least 32 bytes. */
export function decode(text: string): Uint8Array {
  const trimmed = text.trim();
  const bytes = Buffer.from(trimmed, "base64url");
  // Node skips what it cannot read: a damaged secret would become another one, and lose every subject.
  if (bytes.length < 32 || bytes.toString("base64url") !== trimmed)
    throw new RangeError(
      "the installation secret is damaged: it must be base64url of at least 32 bytes; restore it from a backup",
    );
  return bytes;
}
