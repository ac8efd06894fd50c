/**
 * `JSON.stringify` for what leaves or outlives the page. Older versions of Prototype.js give arrays a
 * `toJSON` that returns a string, which would garble every array in it.
 */
export function toJson(value: unknown): string {
  const arrays = Array.prototype as { toJSON?: unknown };
  const theirs = arrays.toJSON;
  if (!theirs) return JSON.stringify(value);
  try {
    delete arrays.toJSON;
    return JSON.stringify(value);
  } finally {
    arrays.toJSON = theirs;
  }
}
