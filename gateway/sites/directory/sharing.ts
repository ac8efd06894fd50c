/** Between which of a site's origins links may carry the choice. */
import type { SiteParts } from "./parts.ts";
import type { Add } from "./references.ts";

export function checkSharing(parts: SiteParts, add: Add): void {
  const { share, jurisdiction, jurisdictions = {} } = parts;
  if (!share) return;
  const origins = new Set(parts.origins.map(({ value }) => value));
  for (const [index, origin] of share.origins.entries()) {
    if (!origins.has(origin))
      add(`share.origins.${index}`, 'is not in "origins"; add it there or correct it');
    if (share.origins.indexOf(origin) < index)
      add(`share.origins.${index}`, "stands in the list twice; remove one");
  }
  if ((jurisdiction && jurisdiction !== "eu") || Object.keys(jurisdictions).length > 0)
    add(
      "share",
      'is for sites with the profile "eu" alone: under "ru" consent is a document of its own on each domain, and where "us" or "none" can be in force it is not always a choice that stands; remove it',
    );
}
