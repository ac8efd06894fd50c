/** Slots of the strings, and moments by way of Intl. */

/** Fills the `{name}` slots of a text. */
export function fill(text: string, values: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

/**
 * A browser that does not know the language (Chromium: Belarusian, Irish, Kazakh, Maltese) would answer
 * in its own; Lithuanian stands in, which writes the digits of ISO 8601 and no words.
 *
 * @param seconds unix time
 */
export function moment(language: string, seconds: number): string {
  return new Date(seconds * 1000).toLocaleString([language, "lt"], {
    dateStyle: "medium",
    timeStyle: "short",
  });
}
