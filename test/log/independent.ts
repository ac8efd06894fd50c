/**
 * docs/log-format.md computed a second time, from the document alone: nothing here comes from the gateway.
 * HKDF is written out (RFC 5869), base32 is done by bit strings.
 */
import { createDecipheriv, createHash, createHmac } from "node:crypto";

export const sha256 = (...parts: (Uint8Array | string)[]): Buffer => {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** 16 characters of Crockford's base32 over the first ten bytes. */
export function consentIdOf(site: string, secret: string): string {
  const bits = [...sha256(site, secret).subarray(0, 10)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return (bits.match(/.{5}/g) ?? []).map((five) => symbols[Number.parseInt(five, 2)]).join("");
}

export function commitmentOf(half: string, salt: Uint8Array, bytes: Uint8Array | string): string {
  return sha256(`soglas/${half}-half/v1\n`, salt, bytes).toString("base64url");
}

/** HKDF-SHA-256, 64 bytes: extract, then two blocks of expand. */
export function recordKeysOf(
  key: Uint8Array,
  recordId: Uint8Array,
): { salt: Buffer; seal: Buffer } {
  const info = Buffer.from("soglas/subject-half/v1");
  const extracted = createHmac("sha256", recordId).update(key).digest();
  const salt = createHmac("sha256", extracted).update(info).update(Uint8Array.of(1)).digest();
  const seal = createHmac("sha256", extracted)
    .update(salt)
    .update(info)
    .update(Uint8Array.of(2))
    .digest();
  return { salt, seal };
}

/** nonce[12] ‖ ciphertext ‖ tag[16] */
export function unsealed(seal: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", seal, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

export const consentLeafOf = (t: number, s: string, d: string): string =>
  JSON.stringify({ v: 1, k: "consent", t, s, d });
export const configLeafOf = (t: number, h: string): string =>
  JSON.stringify({ v: 1, k: "config", t, h });
