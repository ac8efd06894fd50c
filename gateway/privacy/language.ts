/** Languages by their primary subtag: regions, scripts and order of preference are a fingerprint. */

/**
 * @param tag a BCP 47 tag such as `pt-BR`
 * @returns the two-letter ISO 639-1 subtag in lower case; null for anything else, rare languages
 *   with three-letter codes included
 */
export function primaryLanguage(tag: string): string | null {
  const match = /^([a-z]{2})(?:[-_]|$)/i.exec(tag);
  return match ? match[1]!.toLowerCase() : null;
}
