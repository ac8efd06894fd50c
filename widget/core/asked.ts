import type { TagConfig } from "../../gateway/contract/widget.ts";

/** Ids of what the visitor is asked about, sorted: the order of the configuration may change at any time. */
export interface Asked {
  purposes: string[];
  services: string[];
}

function sortedIds(entries: { id: string }[]): string[] {
  const ids = entries.map(({ id }) => id);
  ids.sort();
  return ids;
}

/** Essential purposes and their services are always on and never asked for. */
export function askedOf(config: TagConfig): Asked {
  const purposes = sortedIds(config.purposes.filter(({ essential }) => !essential));
  return {
    purposes,
    services: sortedIds(config.services.filter(({ purpose }) => purposes.includes(purpose))),
  };
}
