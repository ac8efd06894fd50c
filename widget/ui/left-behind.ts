import type { InterfacePurpose } from "../../gateway/contract/widget.ts";
import type { Choice } from "../core/choice/saved.ts";
import type { OwnRecord } from "./host.ts";

/**
 * Names of what is no longer allowed and still lies in the browser: what the core could not sweep,
 * and what no page can see or remove (HttpOnly, or of the vendor's own domain) of every service
 * that was once granted and is not granted now.
 */
export function leftBehind(
  purposes: readonly InterfacePurpose[],
  own: Pick<OwnRecord, "history" | "leftBehind">,
  current: Choice | null,
): string[] {
  const once = new Set(own.history().flatMap(({ granted }) => granted));
  const unseen = purposes
    .flatMap(({ services }) => services)
    .filter(({ id }) => once.has(id) && !current?.[id])
    .flatMap(({ stores }) => stores)
    .filter(({ removable }) => !removable);
  return [...new Set([...own.leftBehind(), ...unseen.map(({ name }) => name)])];
}
