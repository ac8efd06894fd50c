import type { SiteTag } from "../contract/staff/versions.ts";

/** What the owner pastes, line by line: the plain element, and the inline one with its hash where there is one. */
export function embeddingLines({ element, inline }: SiteTag): string[] {
  return [
    `in every page: ${element}`,
    ...(inline ? [`or in its place, by ${inline.hash}: ${inline.element}`] : []),
  ];
}
