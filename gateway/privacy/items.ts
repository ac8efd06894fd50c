/**
 * E-commerce items of an event (CNIL row C7): what was looked at, put aside or bought, and for how much.
 * Fields outside this list are dropped, as are values that look like personal data.
 */
import type { OnDrop } from "./drop.ts";
import { cleanNumber, cleanText } from "./parameters.ts";

/** What a field of an item holds; GA4's names (developers.google.com/analytics/devguides/collection/ga4/reference/events). */
const fields: Readonly<Record<string, "text" | "number">> = {
  item_id: "text",
  item_name: "text",
  item_brand: "text",
  item_category: "text",
  item_category2: "text",
  item_category3: "text",
  item_category4: "text",
  item_category5: "text",
  item_variant: "text",
  item_list_name: "text",
  price: "number",
  quantity: "number",
  discount: "number",
  index: "number",
};

/** GA4 cuts values of items at 100 characters. */
const longestText = 100;

export type Item = Record<string, string | number>;

/**
 * @param masked the page is masked: only numbers remain
 * @returns what may be stored; items of which nothing is left are not among it
 */
export function cleanItems(
  items: Record<string, string | number | boolean>[],
  masked: boolean,
  drop: OnDrop,
): Item[] {
  const kept = items.map((item) => {
    const given = Object.entries(item);
    const clean = given.flatMap(([name, value]): [string, string | number][] => {
      const cleaned = cleanField(name, value, masked, drop);
      return cleaned === null ? [] : [[name, cleaned]];
    });
    return Object.fromEntries(clean);
  });
  return kept.filter((item) => Object.keys(item).length > 0);
}

function cleanField(
  name: string,
  value: string | number | boolean,
  masked: boolean,
  drop: OnDrop,
): string | number | null {
  const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const fits = typeof value !== "boolean" && value !== "";
  // Prices are often written as text.
  if (kind === "number" && fits) return cleanNumber(Number(value), drop);
  if (kind === "text" && fits && !masked) return cleanText(String(value), longestText, drop);
  if (kind === undefined) drop("unlisted");
  else drop(fits ? "masked" : "form");
  return null;
}
