import type { InterfacePurpose } from "../../gateway/contract/widget.ts";
import type { Choice, PastDecision } from "./host.ts";

/**
 * Names of what still lies in the browser although it is no longer allowed: what the core could not
 * sweep, and what no page can see: entries declared as not removable (HttpOnly, or of the vendor's
 * own domain) of every service that was once granted and is not granted now.
 *
 * @param swept what the core saw survive its sweep
 */
export function leftBehind(
  purposes: readonly InterfacePurpose[],
  history: readonly PastDecision[],
  current: Choice | null,
  swept: readonly string[],
): string[] {
  const once = new Set(history.flatMap(({ granted }) => granted));
  const unseen = purposes
    .filter(({ essential }) => !essential)
    .flatMap(({ services }) => services)
    .filter(({ id }) => once.has(id) && current?.services[id] !== true)
    .flatMap(({ stores }) => stores)
    .filter(({ removable }) => !removable)
    .map(({ name }) => name);
  return [...new Set([...swept, ...unseen])];
}
