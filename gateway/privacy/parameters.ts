/**
 * Event parameters (CNIL row C7): by the table of their vendor and profile, and dropped where a value
 * nevertheless looks like personal data; the event is kept.
 */
import type { OnDrop } from "./drop.ts";
import type { Treatment } from "./parameter-rules.ts";
import { findPersonalData } from "./personal-data.ts";

export type ParameterValue = string | number | boolean;

/** The one text that a masked page may send: all others could say what the mask hides. */
const isCurrency = (name: string, text: string) => name === "currency" && /^[a-z]{3}$/i.test(text);

/** GA4 cuts parameter values at 100 characters. */
const longestText = 100;

/** No count or price of an event is larger. */
const largest = 1e9;

export interface ParameterOptions {
  /** Treatment of a parameter, by its name. */
  rules: (name: string) => Treatment;
  /** The page is masked: only numbers, switches and the currency remain. */
  masked: boolean;
  drop: OnDrop;
}

/** @returns what may be stored; what `replace` treats is somebody else's to put in, and is left out */
export function cleanParameters(
  params: Record<string, ParameterValue>,
  { rules, masked, drop }: ParameterOptions,
): Record<string, ParameterValue> {
  const kept: Record<string, ParameterValue> = {};
  for (const [name, value] of Object.entries(params)) {
    const treatment = rules(name);
    if (treatment === "replace") continue;
    if (treatment === "drop") drop("unlisted");
    else if (masked && typeof value === "string" && !isCurrency(name, value)) drop("masked");
    else {
      const cleaned =
        treatment === "keep" ? cleanValue(value, drop) : coarse(value, treatment, drop);
      if (cleaned !== null) kept[name] = cleaned;
    }
  }
  return kept;
}

function cleanValue(value: ParameterValue, drop: OnDrop): ParameterValue | null {
  if (typeof value === "boolean") return value;
  return typeof value === "number" ? cleanNumber(value, drop) : cleanText(value, longestText, drop);
}

/** Milliseconds of a second and steps of a percentage; upwards, so that "a little" stays something. */
const steps = { seconds: 1000, fives: 5 } as const;

function coarse(value: ParameterValue, by: keyof typeof steps, drop: OnDrop): number | null {
  if (typeof value !== "number") {
    drop("form");
    return null;
  }
  return cleanNumber(Math.ceil(value / steps[by]) * steps[by], drop);
}

/** @returns the number with two decimals; null when it is none, too large, or looks like personal data */
export function cleanNumber(value: number, drop: OnDrop): number | null {
  // Two decimals are enough for money; more digits, before or after the point, could carry anything.
  const rounded = Math.round(value * 100) / 100;
  const reason = Math.abs(rounded) <= largest ? findPersonalData(String(rounded)) : "form";
  if (reason === null) return rounded;
  drop(reason);
  return null;
}

/** @returns the text, cut to a length; null when it is empty or looks like personal data */
export function cleanText(text: string, longest: number, drop: OnDrop): string | null {
  const trimmed = text.trim();
  // Before cutting: half an address is still enough to find the other half.
  const reason = trimmed === "" ? "form" : findPersonalData(trimmed);
  if (reason === null) return trimmed.slice(0, longest).toWellFormed();
  drop(reason);
  return null;
}
