import type { InterfacePurpose } from "../../gateway/contract/widget.ts";
import type { InterfaceHost } from "./host.ts";

/**
 * Names of what is no longer allowed and still lies in the browser: what the core could not sweep,
 * and what no page can see or remove (HttpOnly, or of the vendor's own domain) of every service
 * that was once granted and is not granted now.
 */
export function leftBehind(purposes: readonly InterfacePurpose[], host: InterfaceHost): string[] {
  const once = new Set(host.history().flatMap(({ granted }) => granted));
  const unseen = purposes
    .flatMap(({ services }) => services)
    .filter(({ id }) => once.has(id) && !host.current()?.services[id])
    .flatMap(({ stores }) => stores)
    .filter(({ removable }) => !removable);
  return [...new Set([...host.leftBehind(), ...unseen.map(({ name }) => name)])];
}
