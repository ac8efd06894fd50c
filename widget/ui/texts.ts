/** Slots of the strings, and everything countable by way of Intl, which knows every language's plurals. */

/** Fills the `{name}` slots of a text. */
export function fill(text: string, values: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/**
 * How long an entry lives in the browser, in whole years, months or days.
 *
 * @param days at least 1
 */
export function life(language: string, days: number): string {
  const [unit, length] = days % 365 ? (days % 30 ? ["day", 1] : ["month", 30]) : ["year", 365];
  return (days / length).toLocaleString(language, { style: "unit", unit, unitDisplay: "long" });
}

/** @param code ISO 3166-1 alpha-2 */
export function countryName(language: string, code: string): string | undefined {
  return new Intl.DisplayNames(language, { type: "region" }).of(code);
}

/** @param seconds unix time */
export function moment(language: string, seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(language, {
    dateStyle: "medium",
    timeStyle: "short",
  });
}
