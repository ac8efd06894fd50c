/**
 * What waits, where local storage is full: only this page knows it, and a withdrawal may have to reload it. What
 * was decided is a matter of the cookie; this is about its record.
 */
import { toJson } from "../json.ts";
import type { Store } from "../store.ts";
import { storageOf } from "./sweep.ts";

/**
 * Takes back what an earlier page has left, and leaves what this one cannot keep: in the place of the visitor's
 * own history, the oldest first, else in the session's storage, which ends with the tab.
 * @param site keeps two sites of one origin apart
 */
export function keepOverReloads(store: Store, site: string): void {
  const name = `soglas.${site}.waiting`;
  const session = storageOf("session");
  const again = () => {
    for (const key of store.list("due")) store.set(key, store.get(key));
  };

  try {
    const left: object = JSON.parse(session!.getItem(name)!) ?? {};
    for (const [key, value] of Object.entries(left)) store.set(key, value);
    session!.removeItem(name);
  } catch {
    // Blocked, or damaged by something else.
  }

  addEventListener("pagehide", () => {
    for (const entry of store.list("history")) {
      if (store.lasting()) return;
      store.set(entry, null);
      again();
    }
    if (store.lasting()) return;
    const waiting = store.list("due").map((key) => [key, store.get(key)]);
    try {
      session!.setItem(name, toJson(Object.fromEntries(waiting)));
    } catch {
      // Blocked, or full as well.
    }
  });
}
