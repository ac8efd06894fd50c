/** Looks for a person in bytes, in every form in which a program could have written them down. */
import { identities } from "../privacy/identities.ts";

const percent = (bytes: Buffer) => [...bytes].map((byte) => `%${byte.toString(16)}`).join("");

/** The part of base64 that does not depend on what stands before and after, at each alignment. */
function base64Cores(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset, " "), Buffer.from(text)]);
    const whole = bytes.length - (bytes.length % 3);
    const from = offset === 0 ? 0 : 4;
    return bytes.subarray(0, whole).toString("base64").slice(from);
  });
}

/** Every form of a text, in lower case: the haystack is lowered too. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const digits = text.replace(/\D/g, "");
  const plain = [
    text,
    encodeURIComponent(text),
    encodeURIComponent(encodeURIComponent(text)),
    new URLSearchParams({ v: text }).toString().slice(2),
    JSON.stringify(text).slice(1, -1),
    percent(bytes),
    bytes.toString("hex"),
    ...base64Cores(text),
    ...base64Cores(text).map((core) => core.replaceAll("+", "-").replaceAll("/", "_")),
    // Numbers as a database or a cleaner would write them. Shorter ones stand anywhere by chance.
    ...(digits.length >= 10 && !/[a-z]/i.test(text) ? [digits] : []),
  ];
  return [...new Set(plain.map((form) => form.toLowerCase()))].filter((form) => form.length >= 8);
}

/** Parts that identify by themselves. */
const parts = [
  "alice.petrova",
  "126.0.6478",
  "planted/77",
  "203.0.113",
  "85a3::8a2e",
  "3405803853",
  "1482535147",
  "planted-disease",
  "planted-doctor",
];

/** @returns what of the planted person stands in the bytes, as `name: form` */
export function found(haystack: Buffer): string[] {
  const text = haystack.toString("latin1").toLowerCase();
  const needles = [
    ...Object.entries(identities).flatMap(([name, value]) =>
      formsOf(value).map((form) => [name, form] as const),
    ),
    ...parts.map((part) => ["part", part] as const),
  ];
  return needles.flatMap(([name, form]) => {
    const latin = Buffer.from(form).toString("latin1");
    return text.includes(latin) ? [`${name}: ${form}`] : [];
  });
}
