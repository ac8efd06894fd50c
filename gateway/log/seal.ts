/** How anything is sealed that is stored: AES-256-GCM, as nonce ‖ ciphertext ‖ tag. */
import { createCipheriv, createDecipheriv, createSecretKey } from "node:crypto";

export const nonceLength = 12;
const tagLength = 16;

/**
 * @param key 32 bytes.
 * @param nonce 12 random bytes, since a batch that is run again seals the same record anew, maybe with
 *   another previous record.
 */
export function seal(key: Uint8Array, bytes: Uint8Array, nonce: Uint8Array): Buffer {
  // A key object: given bare bytes, Node makes one by a way that takes twice as long.
  const cipher = createCipheriv("aes-256-gcm", createSecretKey(key), nonce);
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** @throws {Error} when the bytes were not sealed with this key, or changed since. */
export function unseal(key: Uint8Array, sealed: Uint8Array): Buffer {
  const tagStart = sealed.length - tagLength;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAuthTag(sealed.subarray(tagStart));
  const opened = decipher.update(sealed.subarray(nonceLength, tagStart));
  return Buffer.concat([opened, decipher.final()]);
}
