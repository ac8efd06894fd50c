/** What may be taken over from another consent tool. */
import type { SiteParts } from "./parts.ts";
import type { Add } from "./references.ts";

/** A choice counts here only where it answers everything that is asked here. */
export function checkMigration(parts: SiteParts, add: Add): void {
  const { migrate = [], jurisdiction, jurisdictions = {} } = parts;
  if (migrate.length > 0 && (jurisdiction === "ru" || "ru" in jurisdictions))
    add(
      "migrate",
      "cannot stand on a site with the profile ru, whose consent is a document of its own; remove it",
    );
  const asked = parts.purposes.filter(({ essential }) => !essential).map(({ id }) => id);
  for (const [index, { purposes }] of migrate.entries()) {
    for (const id of asked.filter((purpose) => !Object.hasOwn(purposes, purpose)))
      add(
        `migrate.${index}.purposes.${id}`,
        "is missing; say which of the tool's names meant this purpose, since a choice that leaves it open is none",
      );
    if (Object.keys(purposes).some((id) => !asked.includes(id)))
      add(
        `migrate.${index}.purposes`,
        "names a purpose that visitors are not asked about; remove it",
      );
  }
}
