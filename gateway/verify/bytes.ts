/** Bytes and their textual forms, read strictly: one value has exactly one accepted spelling. */
import type { VerifyErrorCode } from "./errors.ts";
import { VerifyError } from "./errors.ts";

/** Bytes on an ordinary buffer, which is what WebCrypto accepts. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Length of every hash in a log: SHA-256. */
export const hashLength = 32;

const encoder = new TextEncoder();

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/**
 * Decodes UTF-8 without repairing it and without dropping a byte order mark.
 * @throws {VerifyError} `code` when the bytes are not UTF-8.
 */
export function fromUtf8(bytes: Uint8Array, code: VerifyErrorCode, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new VerifyError(code, `${what} is not valid UTF-8`);
  }
}

export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Standard base64 (RFC 4648 section 4), padded. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * Reads padded standard base64; anything a lenient decoder would forgive (white space, missing
 * padding, stray bits in the last character, the URL alphabet) is null, since it would let one
 * signed document have several spellings.
 */
export function fromBase64(text: string): Bytes | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (btoa(binary) !== text) return null;
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Reads unpadded base64url (RFC 4648 section 5) as strictly; null when it is not exactly that. */
export function fromBase64Url(text: string): Bytes | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(standard.padEnd(Math.ceil(text.length / 4) * 4, "="));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Reads a size or index: ASCII decimal without leading zeros, at most 2^53 − 1, which a log of one
 * record per microsecond reaches after 285 years. Null when it is anything else.
 */
export function fromDecimal(text: string): number | null {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
