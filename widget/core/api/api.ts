/** `window.soglas`: what a page may ask and do. */
import type { Consent, Soglas } from "./soglas.ts";

/** Through the document: the browser itself keeps a throwing listener from stopping anything else. */
export function announce(detail: Consent): void {
  document.dispatchEvent(new CustomEvent("soglas:consent", { detail }));
}

/**
 * Puts the API in place of the queue of early calls, and replays them. A click on an element marked
 * `data-soglas-open` or `data-soglas-withdraw`, or on anything inside it, is a call too.
 */
export function publishApi(calls: Omit<Soglas, "ready" | "on" | "push">): void {
  const early = window.soglas;
  const api: Soglas = {
    ...calls,
    ready: Promise.resolve().then(() => api),
    on(name, listener) {
      const type = `soglas:${name}`;
      const heard = (event: Event) => listener((event as CustomEvent).detail);
      document.addEventListener(type, heard);
      return () => document.removeEventListener(type, heard);
    },
    push(...queued) {
      for (const call of queued) {
        try {
          (api as unknown as Record<string, (...args: unknown[]) => void>)[call[0]]!(
            ...call.slice(1),
          );
        } catch (error) {
          // The page's own mistake: reported as its own, and nothing else is stopped by it.
          reportError(error);
        }
      }
    },
  };
  window.soglas = api;
  if (Array.isArray(early)) api.push(...early);
  document.addEventListener("click", (event) => {
    for (const name of ["open", "withdraw"] as const) {
      // A script of the page may click on the document itself, which has no `closest`.
      if (!(event.target as Element).closest?.(`[data-soglas-${name}]`)) continue;
      // Where an anchor points matters only without this script.
      event.preventDefault();
      void api[name]();
    }
  });
}
