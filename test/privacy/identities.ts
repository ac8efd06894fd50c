/** A person who does not exist: what tests plant everywhere, and then look for everywhere. */
export const identities = {
  ipv4: "203.0.113.77",
  ipv4Hexadecimal: "0xCB00714D",
  ipv6: "2001:db8:85a3::8a2e:370:7334",
  ipv6Mapped: "::ffff:203.0.113.77",
  ipv6MappedHexadecimal: "::ffff:cb00:714d",
  email: "alice.petrova@example.com",
  phone: "+7 (916) 555-01-42",
  card: "4242 4242 4242 4242",
  snils: "112-233-445 95",
  inn: "500100732259",
  passport: "45 08 123456",
  clickId: "Cj0KCQjwv7O0BhDwARIsAC0sjWMnTRrWzXq3gHkLp",
  token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.dGhpcyBpcyBhIHNpZw",
  visitorId: "GA1.1.1482535147.1490885188",
  agent:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.127 Safari/537.36 Planted/77",
} as const;

/** The same person as people write when they mean to be read by people only. */
export const spellings = [
  "alice(at)example.com",
  "alice [at] example [dot] com",
  "alice {at} example {dot} com",
  "alice at example dot com",
  "alice_at_example.com",
  "alice собака example точка com",
  "alice @ example . com",
  "a l i c e @ e x a m p l e . c o m",
  "203,0,113,77",
  "203, 0, 113, 77",
  "203 0 113 77",
  "203:0:113:77",
  "203/0/113/77",
  "203·0·113·77",
  "203。0。113。77",
  "203[.]0[.]113[.]77",
  "203(dot)0(dot)113(dot)77",
  "203 точка 0 точка 113 точка 77",
  "CB:00:71:4D",
  "0xcb.0.0x71.77",
  "0xCB.0x714D",
  "0x00000000CB00714D",
  "0313.0.0161.0115",
  "031300070515",
  "203.0.29005",
  "3405803853",
  "8,916,555,01,42",
  "+7·916·555·01·42",
] as const;

const bytes = (text: string) => [...Buffer.from(text)];
const hexadecimal = (byte: number) => byte.toString(16).padStart(2, "0");
const every = (text: string, write: (code: number) => string) =>
  [...text].map((character) => write(character.codePointAt(0)!)).join("");

/** RFC 4648, 6, without padding. */
function base32(text: string): string {
  const bits = bytes(text).map((byte) => byte.toString(2).padStart(8, "0"));
  const groups = bits.join("").match(/.{1,5}/g) ?? [];
  const letter = (group: string) => Number.parseInt(group.padEnd(5, "0"), 2);
  return groups.map((group) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[letter(group)]).join("");
}

/** Ways to write any text so that a plain search does not find what it says. */
export const disguises: Readonly<Record<string, (text: string) => string>> = {
  none: (text) => text,
  percent: (text) => encodeURIComponent(text),
  percentAll: (text) =>
    bytes(text)
      .map((byte) => `%${hexadecimal(byte)}`)
      .join(""),
  percentUnits: (text) => every(text, (code) => `%u${code.toString(16).padStart(4, "0")}`),
  entities: (text) => every(text, (code) => `&#${code};`),
  entitiesHexadecimal: (text) => every(text, (code) => `&#x${code.toString(16)};`),
  entitiesNamed: (text) =>
    text.replaceAll("&", "&amp;").replaceAll("@", "&commat;").replaceAll(".", "&period;"),
  quotedPrintable: (text) =>
    bytes(text)
      .map((byte) => `=${hexadecimal(byte).toUpperCase()}`)
      .join(""),
  octets: (text) =>
    bytes(text)
      .map((byte) => `\\x${hexadecimal(byte)}`)
      .join(""),
  units: (text) => every(text, (code) => `\\u${code.toString(16).padStart(4, "0")}`),
  points: (text) => every(text, (code) => `\\u{${code.toString(16)}}`),
  base64: (text) => Buffer.from(text).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  base32,
  base32Lower: (text) => base32(text).toLowerCase(),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  hexadecimalApart: (text) => bytes(text).map(hexadecimal).join(" "),
  fullWidth: (text) =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  arabicDigits: (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + +digit)),
  bengaliDigits: (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x9e6 + +digit)),
  zeroWidth: (text) => [...text].join("\u200b"),
  softHyphens: (text) => [...text].join("\u00ad"),
  strokes: (text) => [...text].join("\u0336"),
};
