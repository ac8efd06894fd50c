/**
 * The consent id: what a visitor may tell the compliance officer. It finds records, and is no credential.
 *
 * 80 bits of SHA-256(site ‖ secret), as 16 characters of Crockford's base32 (no I, L, O, U), so that it can
 * be read out over a telephone: `7Q2M-XK4D-9F3A-P0ZT`. The secret has 128 random bits, so nobody comes back
 * from an id to a secret; 80 bits keep a million visitors of one site apart with odds of 10^12 to one.
 */
import { hash } from "node:crypto";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const bytesUsed = 10;

/**
 * @param site the site's id.
 * @param secret the subject's secret, 22 characters as the browser sends it.
 * @returns 16 characters, without hyphens: the form that is stored.
 */
export function consentId(site: string, secret: string): string {
  const digest = hash("sha256", Buffer.from(site + secret), "buffer").subarray(0, bytesUsed);
  let bits = BigInt(`0x${digest.toString("hex")}`);
  let id = "";
  for (let left = (bytesUsed * 8) / 5; left > 0; left--) {
    id = alphabet.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
}

/** In groups of four, as people are shown it. */
export function displayConsentId(id: string): string {
  return id.replace(/.{4}(?=.)/g, "$&-");
}

/**
 * What a person typed or dictated, in the stored form, or null when it cannot be a consent id.
 * Letter case, hyphens and spaces do not matter; I and L are read as 1, O as 0.
 */
export function parseConsentId(text: string): string | null {
  const id = text.replace(/[\s-]/g, "").toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(id) ? id : null;
}
