import type { Site } from "../contract/site.ts";

/**
 * Ids of what visitors are asked about, sorted: the order of the configuration may change at any time, that
 * of the cookie's bits may not. Essential purposes and their services are never asked for.
 */
export function askedOf(site: Pick<Site, "purposes" | "services">): {
  purposes: string[];
  services: string[];
} {
  const purposes = site.purposes.filter(({ essential }) => !essential).map(({ id }) => id);
  const services = site.services.filter(({ purpose }) => purposes.includes(purpose));
  return { purposes: purposes.toSorted(), services: services.map(({ id }) => id).toSorted() };
}
