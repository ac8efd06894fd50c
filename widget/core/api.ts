/** `window.soglas`: what a page may ask and do. */
import type { EventDetails } from "./parts.ts";

/** What is in force. */
export interface Consent {
  /** False until the visitor has decided under the current texts. */
  decided: boolean;
  /** Ids of purposes and services that are granted; essential ones always are. */
  granted: string[];
}

/**
 * Calls made before the script has loaded are kept and replayed:
 * @example
 * window.soglas = window.soglas || [];
 * soglas.push(["on", "consent", (consent) => console.log(consent.granted)]);
 */
export interface Soglas {
  ready: Promise<Soglas>;
  consent(): Consent;
  /** Whether a purpose or service is granted. */
  has(id: string): boolean;
  /**
   * Listens to decisions made on this page or in another tab; returns how to stop. The same reaches
   * `document` as the event `soglas:consent`.
   */
  on(name: "consent", listener: (consent: Consent) => void): () => void;
  /** Opens the preferences. */
  open(): void;
  accept(): Promise<void>;
  refuse(): Promise<void>;
  /** Takes back every grant; nothing happens where there is none. */
  withdraw(): Promise<void>;
  /** Reports a goal through the gateway; without a grant nothing happens. */
  event(name: string, params?: EventDetails): void;
  /**
   * The visitor's event token, for the site's own backend to send events under. Null without a grant,
   * and while the decision has not been acknowledged.
   */
  token(): string | null;
  push(...calls: EarlyCall[]): void;
}

type EarlyCall = [method: string, ...args: unknown[]];

declare global {
  interface Window {
    soglas?: Soglas | EarlyCall[];
  }
}

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
      for (const [method, ...args] of queued) {
        try {
          (api as unknown as Record<string, (...args: unknown[]) => void>)[method]!(...args);
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
      if (!(event.target as Element).closest(`[data-soglas-${name}]`)) continue;
      // Where an anchor points matters only without this script.
      event.preventDefault();
      void api[name]();
    }
  });
}
