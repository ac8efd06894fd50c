/** Crockford's base32: no I, L, O or U, so that an id can be read out over a telephone. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * What a visitor may tell the officer to find their records: 80 bits of SHA-256(site ‖ secret), in groups
 * of four characters. gateway/log/consent-id.ts makes the same.
 * @returns null without a secret, and on plain http, where browsers offer no hash
 */
export async function consentIdOf(
  site: string,
  secret: string | undefined,
): Promise<string | null> {
  if (!secret || !crypto.subtle) return null;
  const bytes = new TextEncoder().encode(site + secret);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const bits = [...digest.subarray(0, 10)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  const id = bits.replace(/.{5}/g, (five) => alphabet[parseInt(five, 2)]!);
  return id.replace(/.{4}(?=.)/g, "$&-");
}
