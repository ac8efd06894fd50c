/** JSON objects from strangers. */

/** The fields of a JSON object, or null when the text is not one. */
export function jsonFields(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/**
 * A string that may be shown as it is: no control characters (a terminal would obey them), no characters
 * that turn the direction of writing, no more than 500 of them. Null for anything else.
 */
export function shownText(value: unknown): string | null {
  return typeof value === "string" && value.length <= 500 && !/\p{C}/u.test(value) ? value : null;
}
