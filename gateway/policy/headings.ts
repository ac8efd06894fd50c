/** How a heading of a document becomes the address of its place: the one rule for pages and summaries. */

/**
 * Heading text → id: lower case, every run of characters that are neither letters nor digits becomes
 * one hyphen, hyphens at the ends go. `4. Кому мы передаём данные?` → `4-кому-мы-передаём-данные`.
 * Composed first (NFC), so that the same letters typed differently give the same id.
 */
export function headingId(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
