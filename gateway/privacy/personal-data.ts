/**
 * Finds values that point at a person (CNIL row C7, Metrika's terms), so that the value is dropped
 * and the event kept. Written to err on the side of dropping: ten digits in a row are a phone number
 * until shown otherwise, and nobody is harmed by a missing parameter. What no pattern can know, such
 * as a name, is what the allow-lists and `pages.mask` are for.
 */
import { isIPv6 } from "node:net";
import { hiddenTexts, plainForm } from "./encodings.ts";

/** What was found; only ever counted, never shown with a value. */
export type PersonalDataKind =
  | "email"
  | "phone"
  | "card"
  | "snils"
  | "inn"
  | "passport"
  | "ip"
  | "place"
  | "token"
  | "identifier"
  | "agent"
  | "query";

/**
 * Encodings undone inside each other: `%2540`, base64 of percent-encoding, and so on. What is hidden
 * deeper is hidden for a reason, and reported unread.
 */
const layers = 3;

/** Longer values are not read but reported, so that hostile input costs no time. */
const longest = 4096;

/**
 * Characters read per character given, through all layers. Ordinary text holds next to nothing that
 * decodes; what holds more than this is reported unread.
 */
const mostRead = 12;

/**
 * Looks at a value as it stands, and at what it holds in the encodings of `encodings.ts`.
 * @returns the first kind found, or null
 */
export function findPersonalData(value: string): PersonalDataKind | null {
  if (value.length > longest) return "identifier";
  const pending = [{ text: value, certain: true, layer: 0 }];
  let left = 600 + value.length * mostRead;
  for (const { text: given, certain, layer } of pending) {
    const text = plainForm(given);
    left -= text.length;
    if (left < 0) return "identifier";
    const found = match(text, certain);
    if (found !== null) return found;
    for (const hidden of hiddenTexts(text)) {
      if (layer === layers) return "identifier";
      pending.push({
        text: hidden.text,
        certain: certain && hidden.certain,
        layer: layer + 1,
      });
    }
  }
  return null;
}

const anyAddress = /[^\s@]@[^\s@]/;
const mailAddress = /[^\s@]@[^\s@]+\.[^\s@.]{2}/;
const spacedAddress = /[^\s@]\s{0,3}@\s{0,3}[\p{L}\d-]{1,63}(\s?)\.\1\p{L}{2}/u;
/** `alice (at) example [dot] com`, `alice at example.com`; but `look-at-this.html` is a file. */
const spelledAddress =
  /(?<![\p{L}\d])(?:at|ат|эт|собака)[^\p{L}\d@./]{1,3}[\p{L}\d-]{1,63}(?:[[({<]?\.[\])}>]?|[^\p{L}\d]{1,3}(?:dot|дот|точка)[^\p{L}\d]{1,3})(?!(?:[sx]?html?|php|[aj]spx?|xml|pdf|jpe?g|png|svg|webp)\b)\p{L}{2}/iu;
const beforeDot = /(?<![\w-])[\w-]{7,}(?=\.[\w-]{2})/g;
const jsonWebToken = /eyJ[\w-]{4}/;
const userAgent = /\b(?:Mozilla|AppleWebKit|Gecko)\/\d/;
const queryString = /:\/\/|[?&#;][\w.[\]-]{1,40}=/;

function match(text: string, certain: boolean): PersonalDataKind | null {
  if (text.includes("@")) {
    if ((certain ? anyAddress : mailAddress).test(text)) return "email";
    if (spacedAddress.test(text)) return "email";
  }
  if (spelledAddress.test(text)) return "email";
  if (jsonWebToken.test(text) && text.match(beforeDot)?.some((run) => jsonWebToken.test(run)))
    return "token";
  if (certain && queryString.test(text)) return "query";
  if (text.includes(":") && holdsIPv6(text)) return "ip";
  if (/\d/.test(text)) {
    if (userAgent.test(text)) return "agent";
    if (uuid.test(text)) return "identifier";
    if (coordinates.test(text)) return "place";
    if (holdsIPv4(text)) return "ip";
    const number = findNumber(text);
    if (number !== null) return number;
    if (dashed.test(text)) return "ip";
  }
  return holdsIdentifier(text) ? "identifier" : null;
}

/** Decimal, hexadecimal or octal, with or without the brackets that people put around dots. */
const ipv4 = /(?:0x[0-9a-f]{1,2}|\d{1,4})(?:(?:\.|\[\.\])(?:0x[0-9a-f]{1,2}|\d{1,4})){3}/i;
/** The short forms of inet_aton: `0xcb.0x7107`, `203.0.28935`; but `12.05.2024` is a date. */
const ipv4Short =
  /\b0x[0-9a-f]{1,2}\.(?:0x|\d)|(?<![\d.])(?!\d\d?\.[01]?\d\.(?:19|20)\d\d(?!\d))\d{1,3}\.\d{1,3}\.\d{4,5}(?![\d.])/i;
const ipv4Hexadecimal =
  /\b(?:0x0*[0-9a-f]{7,8}|(?=[0-9]{0,7}[a-f])(?=[a-f]{0,7}[0-9])[0-9a-f]{8}|(?=[\d\W_]{0,10}[a-f])(?=[a-f\W_]{0,10}\d)[0-9a-f]{2}([\s:.,-])[0-9a-f]{2}\1[0-9a-f]{2}\1[0-9a-f]{2})\b/i;
const octet = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
/** Four octets with the same anything between them: `203,0,113,7`, `203 0 113 7`, `203 dot 0 …`. */
const octets = new RegExp(
  `(?<!\\d)(?=${octet}(\\D{1,9})${octet}\\2${octet}\\2${octet}(?!\\d))`,
  "g",
);
/** As host names carry addresses, and IPv6 or hardware addresses joined by hyphens. */
const dashed =
  /(?:\b[0-9a-f]\.){16}|\d{1,3}([-_])\d{1,3}\1\d{1,3}\1\d{1,3}|(?:\b[0-9a-f]{1,4}[-_]){7}[0-9a-f]{1,4}\b|(?:\b[0-9a-f]{2}-){5}[0-9a-f]{2}\b/i;
const compactDate = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

function holdsIPv6(text: string): boolean {
  for (const [token] of text.matchAll(/[0-9a-f:.]{2,}/gi)) {
    const trimmed = token.replace(/^:(?!:)|(?<!:):$|(?<!\.)\.+$/g, "");
    if (isIPv6(trimmed) || trimmed.split(":").length >= 6) return true;
  }
  return false;
}

function holdsIPv4(text: string): boolean {
  if (ipv4.test(text) || ipv4Short.test(text) || ipv4Hexadecimal.test(text)) return true;
  for (const [, first, , second, third, fourth] of text.matchAll(octets)) {
    const numbers = [first, second, third, fourth].map(Number);
    // Few digits, or ever larger numbers, are marks and sizes: `5, 4, 5, 5` and `38, 40, 42, 44`.
    const rising = numbers.every((number, place) => place === 0 || numbers[place - 1]! < number);
    if (numbers.join("").length >= 7 && !rising) return true;
  }
  for (const [digits] of text.matchAll(/(?<!\d)\d{8,10}(?!\d)/g)) {
    const integer = Number(digits);
    if (integer >= 2 ** 24 && integer < 2 ** 32 && !compactDate.test(digits)) return true;
  }
  return false;
}

/** Digits with at most three separators between two of them. */
const digitRun = /\d(?:[\s().\-/+_]{0,3}\d){9,}/g;
const localPhone = /(?<!\d)\d{3}[-\s.]\d{2}[-\s.]\d{2}(?!\d)/;
/** As Russian numbers are grouped, with any signs between the groups: `+7,916,555,01,42`. */
const groupedPhone = /(?<!\d)\d{3}[^\p{L}\d]{1,3}\d{3}([^\p{L}\d]{1,3})\d{2}\1\d{2}(?!\d)/u;
/** A day and what comes after it are not one number. */
const date =
  /(?<!\d[\s().\-/+_]{0,3})(?:(?:19|20)\d\d([-./])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])([-./])(?:0[1-9]|1[0-2])\2(?:19|20)\d\d)(?!\d)/g;
/** Nine digits in threes, as in Spain, Poland and Portugal; or fewer than ten behind a plus. */
const shortPhone =
  /(?<![\d.,]\s?)\d{3}([\s-])\d{3}\1\d{3}(?![.,]?\d)|\+\s?\d(?:[\s().\-/]{0,2}\d){7}/;
/** One digit at a time, always with the same signs between them: `7,9,1,6,…`. */
const digitByDigit = /(?<!\d)\d(\D{1,3})\d(?:\1\d){8,}(?!\d)/;
const groupedCard = /(?<!\d)\d{4}(\D{1,3})\d{4}\1\d{4}\1\d{4}(?!\d)/;
/** Of Russia: for use at home, and for travel. */
const passport =
  /(?<!\d)\d{2}\s?\d{2}\s*(?:No|N|#)\.?\s*\d{6}(?!\d)|(?<!\d)\d{2}\s?(?:\s|(?:No|N|#)\.?\s*)\d{7}(?!\d)/i;
/** Latitude and longitude to a hundred metres or nearer, or in degrees and minutes. */
const coordinates =
  /(?<![\d.])\d{1,3}\.\d{3,}[°\sNSEW]{0,3}[,;|/\s]\s?[NSEW]?\s?-?\d{1,3}\.\d{3,}(?![\d.])|\d°\s?\d{1,2}\s?['’′]/i;

function findNumber(text: string): PersonalDataKind | null {
  if (passport.test(text)) return "passport";
  const card = groupedCard.exec(text)?.[0].replace(/\D/g, "");
  if (card !== undefined && isCard(card)) return "card";
  for (const [run] of text.replace(date, "|").matchAll(digitRun)) {
    const digits = run.replace(/\D/g, "");
    if (digits.length >= 13 && digits.length <= 19 && isCard(digits)) return "card";
    if (isSnils(digits)) return "snils";
    if (isInn(digits)) return "inn";
    if (/^\d{2}\s?\d{2}\s\d{6}$/.test(run)) return "passport";
    return digits.length <= 15 ? "phone" : "identifier";
  }
  const phones = [localPhone, groupedPhone, shortPhone, digitByDigit];
  return phones.some((phone) => phone.test(text)) ? "phone" : null;
}

const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

/** Random-looking tokens: click ids, session ids, hashes, card and order tokens. */
function holdsIdentifier(text: string): boolean {
  if (/[0-9a-f]{20,}/i.test(text)) return true;
  for (const [token] of text.matchAll(/[A-Za-z0-9_-]{20,}/g)) {
    const mixed = /[A-Z]/.test(token) && /[a-z]/.test(token) && /\d/.test(token);
    if (mixed) return true;
    if (/[a-z0-9]{20,}/i.test(token) && token.replace(/\D/g, "").length >= 4) return true;
  }
  return false;
}

/** ISO/IEC 7812-1: the Luhn check digit of a payment card. */
function isCard(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** СНИЛС: nine digits, then their weighted sum modulo 101 (100 counts as 00). */
function isSnils(digits: string): boolean {
  if (digits.length !== 11) return false;
  return (weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(digits.slice(9));
}

/** ИНН of an organisation (10 digits, one check digit) or of a person (12 digits, two). */
function isInn(digits: string): boolean {
  const check = (weights: number[]) =>
    (weigh(digits, weights) % 11) % 10 === Number(digits[weights.length]);
  if (digits.length === 10) return check([2, 4, 10, 3, 5, 9, 4, 6, 8]);
  if (digits.length !== 12) return false;
  return check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) && check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
}

function weigh(digits: string, weights: number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
}
