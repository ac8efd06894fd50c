/**
 * Event parameters (CNIL row C7): an allow-list of names whose values describe the event and not the
 * visitor, everything else is dropped. Values that nevertheless look like personal data are dropped
 * too; the event is kept.
 */
import { findPersonalData } from "./personal-data.ts";

export type ParameterValue = string | number | boolean;

/** GA4's recommended parameters, without names of things, free text, ids and links. */
const allowed: ReadonlySet<string> = new Set([
  "content_group",
  "content_type",
  "currency",
  "discount",
  "engagement_time_msec",
  "file_extension",
  "index",
  "item_brand",
  "item_category",
  "item_list_name",
  "items_count",
  "level",
  "method",
  "outbound",
  "payment_type",
  "percent_scrolled",
  "price",
  "quantity",
  "score",
  "shipping",
  "shipping_tier",
  "success",
  "tax",
  "value",
  "video_percent",
  "video_provider",
]);

/** Texts that a masked page may send: all others could say what the mask hides. */
const allowedMasked: ReadonlySet<string> = new Set(["currency"]);

/** GA4 cuts parameter values at 100 characters. */
const longestText = 100;

/** No count or price of an event is larger. */
const largest = 1e9;

/**
 * @param masked the page is masked: only numbers, switches and the currency remain
 * @returns what may be stored, and how many parameters were dropped
 */
export function cleanParameters(
  params: Record<string, ParameterValue>,
  masked: boolean,
): { kept: Record<string, ParameterValue>; dropped: number } {
  const entries = Object.entries(params);
  const kept = entries.flatMap(([name, value]): [string, ParameterValue][] => {
    const hidden = masked && typeof value === "string" && !allowedMasked.has(name);
    const cleaned = allowed.has(name) && !hidden ? cleanValue(value) : null;
    return cleaned === null ? [] : [[name, cleaned]];
  });
  return { kept: Object.fromEntries(kept), dropped: entries.length - kept.length };
}

function cleanValue(value: ParameterValue): ParameterValue | null {
  if (typeof value === "boolean") return value;
  return typeof value === "number" ? cleanNumber(value) : cleanText(value, longestText);
}

/** @returns the number with two decimals; null when it is none, too large, or looks like personal data */
export function cleanNumber(value: number): number | null {
  // Two decimals are enough for money; more digits, before or after the point, could carry anything.
  const rounded = Math.round(value * 100) / 100;
  const plain = Math.abs(rounded) <= largest && findPersonalData(String(rounded)) === null;
  return plain ? rounded : null;
}

/** @returns the text, cut to a length; null when it is empty or looks like personal data */
export function cleanText(text: string, longest: number): string | null {
  const trimmed = text.trim();
  // Before cutting: half an address is still enough to find the other half.
  if (trimmed === "" || findPersonalData(trimmed) !== null) return null;
  return trimmed.slice(0, longest).toWellFormed();
}
