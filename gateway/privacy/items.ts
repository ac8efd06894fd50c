/**
 * E-commerce items of an event (CNIL row C7): what was looked at, put aside or bought, and for how much.
 * Fields outside this list are dropped, as are values that look like personal data.
 */
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
 * @returns what may be stored, items of which nothing is left not among it; how many values were dropped
 */
export function cleanItems(
  items: Record<string, string | number | boolean>[],
  masked: boolean,
): { kept: Item[]; dropped: number } {
  let dropped = 0;
  const kept = items.map((item) => {
    const given = Object.entries(item);
    const clean = given.flatMap(([name, value]): [string, string | number][] => {
      const cleaned = cleanField(name, value, masked);
      return cleaned === null ? [] : [[name, cleaned]];
    });
    dropped += given.length - clean.length;
    return Object.fromEntries(clean);
  });
  return { kept: kept.filter((item) => Object.keys(item).length > 0), dropped };
}

function cleanField(
  name: string,
  value: string | number | boolean,
  masked: boolean,
): string | number | null {
  const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
  // Prices are often written as text.
  if (kind === "number" && value !== "" && typeof value !== "boolean")
    return cleanNumber(Number(value));
  if (kind === "text" && !masked && typeof value !== "boolean")
    return cleanText(String(value), longestText);
  return null;
}
