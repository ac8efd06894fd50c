/** What vendors' own tags leave in the browser, and what of it all a withdrawal has to sweep. */
import type { Service, StoredItem } from "../contract/site.ts";
import type { Stored } from "../contract/widget.ts";
import { tagOf } from "./tags.ts";

/**
 * A service with what its vendor's tag is known to keep, where the owner names nothing: what the visitor
 * is told of then, and what a change of it asks again for.
 */
export function withKnownStores(service: Service): Service {
  const known = service.mode === "tag" && service.stores.length === 0 && tagOf(service.vendor);
  return known ? { ...service, stores: [...known.stores] } : service;
}

/** Cookies and storage keys that are swept after a withdrawal; an entry that another covers is left out. */
export function sweptStores({ mode, vendor, stores }: Service): Stored[] {
  const known = removableOf((mode === "tag" && tagOf(vendor)?.stores) || []);
  const declared = removableOf(stores);
  return [
    ...known,
    ...declared.filter((entry) => !known.some((pattern) => covers(pattern, entry))),
  ];
}

const removableOf = (stores: readonly StoredItem[]) =>
  stores.filter(({ removable }) => removable).map(({ kind, name }): Stored => [kind, name]);

const covers = ([kind, pattern]: Stored, [otherKind, name]: Stored) =>
  kind === otherKind &&
  (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern);
