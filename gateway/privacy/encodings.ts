/**
 * The forms in which a text may hide another one: look-alike characters, escapes of the web and of
 * mail, base64, base32 and hexadecimal. All work is linear in the length of the text.
 */

/** Printable ASCII and Russian: nothing to undo. */
const plain = /^[\x20-\x7e\u0400-\u045f«»]*$/;

/** Digits in circles that Unicode has no plain form for. */
const circled = "⓵⓶⓷⓸⓹⓺⓻⓼⓽❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒";

/** Numerals that are written one for each digit, though Unicode has them for letters or for more than digits. */
const chinese = "零一二三四五六七八九";

/**
 * Undoes look-alikes: compatibility forms (full-width letters, `＠`), digits and numerals of other scripts,
 * characters without a shape of their own (soft hyphens, joiners, strokes over a digit), and signs
 * that only dress a dot or a hyphen up.
 */
export function plainForm(text: string): string {
  if (plain.test(text)) return text;
  return text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]+/gu, "")
    .replace(/[^\P{Nd}0-9]/gu, asciiDigit)
    .replace(/[⓵-⓽❶-❾➀-➈➊-➒]/gu, (digit) => String((circled.indexOf(digit) % 9) + 1))
    .replace(/[零〇一二三四五六七八九]/g, (sign) => String(Math.max(0, chinese.indexOf(sign))))
    .replace(/[\u1369-\u1371]/g, (ethiopic) => String(ethiopic.charCodeAt(0) - 0x1368))
    .replace(/[\u2010-\u2015\u2212\u30fb\u30fc]/g, "-")
    .replace(/[\u00b7\u05c3\u066b\u06d4\u2022\u2027\u2219\u22c5\u3002]/g, ".")
    .replace(/[\s\p{Cc}]+/gu, " ");
}

/** Unicode keeps the ten digits of a script together and in order; a few tens adjoin each other. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

export interface HiddenText {
  text: string;
  /** False where ordinary text can look encoded, so that chance makes two letters around an `@`. */
  certain: boolean;
}

/** @returns what `text`, in its plain form, holds when one layer of any one encoding is undone */
export function hiddenTexts(text: string): HiddenText[] {
  const hidden: HiddenText[] = [];
  if (/[%&\\]/.test(text)) add(hidden, unescaped(text), text, true);
  if (/[=+]/.test(text)) add(hidden, mailDecoded(text), text, false);
  const joined = text.replace(apart, (run) => run.replaceAll(" ", ""));
  add(hidden, joined, text, false);
  if (/[A-Za-z0-9+/_-]{8}/.test(text)) addBase64(hidden, text);
  if (/[A-Z2-7]{10}|[a-z2-7]{10}/.test(text)) addBase32(hidden, text);
  if (/\d/.test(text)) addHexadecimal(hidden, text);
  return hidden;
}

function add(hidden: HiddenText[], decoded: string, text: string, certain: boolean): void {
  if (decoded !== text) hidden.push({ text: decoded, certain });
}

/** `a l i c e @ …` */
const apart = /(?<!\S)(?:\S ){5,}\S(?!\S)/g;

/** HTML's names for the characters that addresses, numbers and other escapes are made of. */
const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["bsol", "\\"],
  ["colon", ":"],
  ["comma", ","],
  ["commat", "@"],
  ["dash", "-"],
  ["equals", "="],
  ["hyphen", "-"],
  ["lowbar", "_"],
  ["lpar", "("],
  ["nbsp", " "],
  ["num", "#"],
  ["percnt", "%"],
  ["period", "."],
  ["plus", "+"],
  ["rpar", ")"],
  ["semi", ";"],
  ["shy", ""],
  ["sol", "/"],
]);

const escapes = new RegExp(
  [
    /(?:%[0-9a-f]{2})+|(?:\\x[0-9a-f]{2})+/,
    /[%\\]u(?<unit>[0-9a-f]{4})|\\u\{(?<point>[0-9a-f]{1,6})\}/,
    /&#x(?<closed>[0-9a-f]{1,6});|&#x(?<open>[0-9a-f]{2})/,
    /&#(?<decimal>\d{1,7});?/,
    /&(?<name>[a-z]{2,6});?/,
    /\\(?<octal>[0-3][0-7]{2})/,
    /\\(?<css>0{0,4}[0-9a-f]{2})(?![0-9a-f])\s?/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);

/** Escapes of addresses, HTML, JSON, JavaScript and CSS, undone once. */
function unescaped(text: string): string {
  const decoded = text.replace(escapes, (found: string, ...rest) => {
    const groups = rest.at(-1) as Partial<Record<string, string>>;
    const { unit, point, closed, open, decimal, name, octal, css } = groups;
    if (name !== undefined) return entities.get(name.toLowerCase()) ?? found;
    if (decimal !== undefined) return character(decimal, 10);
    if (octal !== undefined) return character(octal, 8);
    const digits = unit ?? point ?? closed ?? open ?? css;
    return digits === undefined ? octets(found.replace(/[%\\x]/gi, "")) : character(digits, 16);
  });
  // `alice\@example\.com`
  return decoded.replace(/\\(?=[^\w\s])/g, "");
}

function character(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Octets that are not UTF-8 are read as Latin-1. */
function octets(hexadecimal: string): string {
  const bytes = Buffer.from(hexadecimal, "hex");
  const decoded = bytes.toString("utf8");
  return decoded.includes("\uFFFD") ? bytes.toString("latin1") : decoded;
}

/** Quoted-printable (RFC 2045, 6.7) and UTF-7 (RFC 2152), undone once. */
function mailDecoded(text: string): string {
  return text
    .replace(/=\s/g, "")
    .replace(/(?:=[0-9a-f]{2})+/gi, (run) => octets(run.replaceAll("=", "")))
    .replace(/\+([A-Za-z0-9/]{3,})-/g, (_, run: string) => {
      const bytes = Buffer.from(run, "base64");
      return bytes
        .subarray(0, bytes.length & ~1)
        .swap16()
        .toString("utf16le");
    });
}

/** Either alphabet, padded or not; at every alignment, since it may be glued to other letters. */
function addBase64(hidden: HiddenText[], text: string): void {
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
    // Words of a path: base64 of an address without a capital or a digit happens once in millions.
    if (/^[a-z/_-]+$/.test(run)) continue;
    for (let start = 0; start < 4; start++)
      addReadable(hidden, Buffer.from(run.slice(start), "base64"));
  }
}

/** RFC 4648, 6, in either case. Letters are five bits, so each of the eight alignments is another bit. */
function addBase32(hidden: HiddenText[], text: string): void {
  for (const [run] of text.matchAll(/[A-Z2-7]{10,}|[a-z2-7]{10,}/g)) {
    // Long words are common: without a digit they are taken as they begin, not glued to others.
    const alignments = /^[a-z]+$/.test(run) ? 1 : 8;
    for (let start = 0; start < alignments; start++) {
      const bytes = Buffer.alloc(Math.floor(((run.length - start) * 5) / 8));
      let bits = 0;
      for (let place = start, held = 0, written = 0; written < bytes.length; place++) {
        const code = run.charCodeAt(place);
        // `A` and `a` are 0 in the low five bits, less one; `2` is 26.
        bits = ((bits << 5) | (code < 65 ? code - 24 : (code & 31) - 1)) & 0xfff;
        held += 5;
        if (held < 8) continue;
        held -= 8;
        bytes[written++] = bits >> held;
      }
      addReadable(hidden, bytes);
    }
  }
}

/** Pairs of digits, together or apart: `6a6f`, `6a 6f`, `0x6a, 0x6f`; at either alignment. */
function addHexadecimal(hidden: HiddenText[], text: string): void {
  for (const [run] of text.matchAll(/(?:(?:0x)?[0-9a-f]{2}[\s:,.;_-]{0,2}){6,}[0-9a-f]?/gi)) {
    const digits = run.replace(/0x|[^0-9a-f]/gi, "");
    addReadable(hidden, Buffer.from(digits, "hex"));
    addReadable(hidden, Buffer.from(digits.slice(1), "hex"));
  }
}

/** At least six characters (`a@b.co`) of UTF-8 that are not control characters. */
const readable =
  /(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}/g;

function addReadable(hidden: HiddenText[], bytes: Buffer): void {
  for (const part of bytes.toString("latin1").match(readable) ?? [])
    hidden.push({ text: Buffer.from(part, "latin1").toString("utf8"), certain: false });
}
