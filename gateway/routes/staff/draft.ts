/** A site directory as it travels: paths and their texts in one JSON body. */
import type { SiteFiles } from "../../sites/sites.ts";

/** Longest site directory that is taken, bytes of JSON: six languages of the longest documents. */
export const draftLimit = 5 * 1024 * 1024;

export function filesOf(texts: Record<string, string>): SiteFiles {
  const encoder = new TextEncoder();
  return new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)]));
}
