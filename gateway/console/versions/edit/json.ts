/** `site.json` as the form sees it: any JSON, changed place by place, whatever else stands in it. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Path = readonly (string | number)[];

/** @returns null where the text is no JSON object: then it can be mended as a text only */
export function parseObject(text: string): { [key: string]: Json } | null {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export const formatObject = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;

export function valueAt(value: Json, path: Path): Json | undefined {
  let inner: Json | undefined = value;
  for (const key of path)
    if (Array.isArray(inner)) inner = inner[Number(key)];
    else inner = isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  return inner;
}

/**
 * A copy with another value at a place; what is missing on the way there is made.
 * @param wanted undefined takes the field away, or the entry out of its list
 */
export function withValue(value: Json | undefined, path: Path, wanted: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return wanted ?? null;
  if (typeof key === "number") {
    const list = Array.isArray(value) ? [...value] : [];
    if (rest.length === 0 && wanted === undefined) list.splice(key, 1);
    else list[key] = withValue(list[key], rest, wanted);
    return list;
  }
  const { [key]: inner, ...others } = isObject(value) ? value : {};
  if (rest.length === 0 && wanted === undefined) return others;
  // In its own place, so that a file under version control changes in one line.
  return { ...(isObject(value) ? value : {}), [key]: withValue(inner, rest, wanted) };
}

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
