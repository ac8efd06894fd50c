import { readable } from "svelte/store";
import { has, onConsent } from "soglas/client";

/**
 * A store: whether a purpose or service is granted, now and after every decision.
 * @param {string} id
 */
export const consented = (id) =>
  readable(has(id), (set) => {
    set(has(id));
    return onConsent(() => set(has(id)));
  });
