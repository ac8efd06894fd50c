/** The forms in which a value may hide another one: percent-encoding, base64, JSON escapes. */

/**
 * Undoes look-alikes: compatibility forms (full-width digits, `＠`), invisible characters, and signs
 * that only dress a plain one up.
 */
export function plainForm(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\s\p{Cc}]+/gu, " ");
}

/** Percent-encoding and JSON's `\uXXXX` undone once; bytes that are not UTF-8 are read as Latin-1. */
export function unescaped(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      const bytes = Buffer.from(run.replaceAll("%", ""), "hex");
      const decoded = bytes.toString("utf8");
      return decoded.includes("\uFFFD") ? bytes.toString("latin1") : decoded;
    })
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
}

/** Shortest text worth looking for: `a@b.co`. */
const shortest = 6;

/**
 * Readable text found in the base64 (either alphabet, padded or not) of a value. The beginning of
 * the encoded part is unknown when it is glued to other letters, so all four alignments are tried.
 */
export function* base64Texts(text: string): Generator<string> {
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
    // Words of a path: base64 of an address without a capital or a digit happens once in millions.
    if (/^[a-z/_-]+$/.test(run)) continue;
    for (let start = 0; start < 4; start++) {
      const decoded = Buffer.from(run.slice(start), "base64").toString("utf8");
      for (const part of decoded.split(/[\p{Cc}\uFFFD]+/u)) if (part.length >= shortest) yield part;
    }
  }
}
