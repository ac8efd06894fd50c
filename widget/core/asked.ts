import type { TagConfig } from "../../gateway/contract/widget.ts";

/** Ids of what the visitor is asked about, sorted: their order in the configuration is not part of its revision. */
export interface Asked {
  purposes: string[];
  services: string[];
}

/** Essential purposes and their services are always on and never asked for. */
export function askedOf(config: TagConfig): Asked {
  const ids = (entries: { id: string }[]) => entries.map(({ id }) => id).toSorted();
  const purposes = ids(config.purposes.filter(({ essential }) => !essential));
  return {
    purposes,
    services: ids(config.services.filter(({ purpose }) => purposes.includes(purpose))),
  };
}
