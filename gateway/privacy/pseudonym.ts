/**
 * What a vendor gets instead of a visitor's id (CNIL row C2): a keyed hash of the random subject
 * reference, another one for every vendor, site and window of time, cut so short that two visitors may
 * share it. Nobody without the installation's key can link two windows, two vendors or two sites.
 */
import { createHmac, type KeyObject } from "node:crypto";

/** What separates pseudonyms: the same subject under another scope is another number. */
export interface PseudonymScope {
  vendor: string;
  site: string;
  /** Name of the window, as {@link windowOf} gives it. */
  window: string;
}

/**
 * 24 bits: with 10,000 visitors on a day about six share a number with another one. Enough to make a
 * pseudonym no proof of identity, few enough to leave counts right to a tenth of a percent.
 */
const pseudonymBits = 24;

/**
 * @param key of at least 32 bytes, used for nothing else
 * @param subject the subject reference, hexadecimal; never the visitor's secret or consent id
 * @returns an integer of 24 bits
 */
export function pseudonym(key: KeyObject, scope: PseudonymScope, subject: string): number {
  const mac = createHmac("sha256", key)
    .update(`${scope.vendor}\0${scope.site}\0${scope.window}\0`)
    .update(subject, "hex")
    .digest();
  return mac.readUIntBE(0, pseudonymBits / 8);
}

/**
 * What a service gets instead of an order's number (C6): the same for the same order, whichever way in
 * told of it, so that a vendor counts it once; another for every site and service.
 *
 * @param key of at least 32 bytes, used for nothing else
 * @returns twenty letters, which no pattern takes for a number
 */
export function orderStandIn(
  key: KeyObject,
  scope: { site: string; service: string },
  order: string,
): string {
  const mac = createHmac("sha256", key)
    .update(`${scope.site}\0${scope.service}\0`)
    .update(order)
    .digest("hex");
  return mac.slice(0, 20).replace(/./g, (digit) => "abcdefghijklmnop"[parseInt(digit, 16)]!);
}

/** A stretch of time in which a visitor keeps one pseudonym. */
export interface Window {
  /** `2026-03-14` or `2026-03`. */
  name: string;
  /** Unix seconds at which it began: the one "first seen" moment every visitor of it shares. */
  since: number;
}

/**
 * The window of a moment: the UTC day, or the calendar month where sessions shall go on past midnight
 * and a visitor who comes back be known as one (`balanced`, which departs from C2 by that).
 */
export function windowOf(milliseconds: number, length: "day" | "month"): Window {
  const day = utcDay(milliseconds);
  const name = length === "day" ? day : day.slice(0, 7);
  return { name, since: secondsAt(length === "day" ? day : `${name}-01`) };
}

const secondsAt = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;

/** UTC day of a moment. */
export function utcDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
