/** How anything is sealed that is stored: AES-256-GCM, as nonce ‖ ciphertext ‖ tag. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const nonceLength = 12;
const tagLength = 16;

/**
 * The nonce is random, since a batch that is run again seals the same record anew, maybe with another
 * previous record.
 * @param key 32 bytes.
 */
export function seal(key: Uint8Array, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
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
