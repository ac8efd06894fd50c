/** `window.soglas`: what a page may ask and do. */
import type { EventParams } from "./parts.ts";

/** What is in force. */
export interface Consent {
  /** False until the visitor has decided under the current texts. */
  decided: boolean;
  purposes: Record<string, boolean>;
  services: Record<string, boolean>;
}

/** `consent`: something was decided, here or in another tab. `open`, `close`: the interface. */
export interface SoglasEvents {
  consent: Consent;
  open: undefined;
  close: undefined;
}

/**
 * Calls made before the script has loaded are kept and replayed:
 * @example
 * window.soglas = window.soglas || [];
 * soglas.push(["on", "consent", (consent) => console.log(consent.purposes)]);
 */
export interface Soglas {
  ready: Promise<Soglas>;
  consent(): Consent;
  /** Whether a purpose or service is granted. Essential ones always are. */
  has(id: string): boolean;
  /** Listens; returns how to stop. The same events reach `document` as `soglas:<name>`. */
  on<N extends keyof SoglasEvents>(
    name: N,
    listener: (detail: SoglasEvents[N]) => void,
  ): () => void;
  /** Opens the preferences. */
  open(): void;
  accept(): Promise<void>;
  refuse(): Promise<void>;
  withdraw(): Promise<void>;
  /** Reports a goal through the gateway; without a grant nothing happens. */
  event(name: string, params?: EventParams): void;
  push(...calls: EarlyCall[]): void;
}

export type EarlyCall = [method: string, ...args: unknown[]];

declare global {
  interface Window {
    soglas?: Soglas | EarlyCall[];
  }
}

/** Events travel through the document: the browser itself keeps a throwing listener from the others. */
export function emit<N extends keyof SoglasEvents>(name: N, detail?: SoglasEvents[N]): void {
  document.dispatchEvent(new CustomEvent(`soglas:${name}`, { detail }));
}

/** Puts the API in place of the queue of early calls, and replays them. */
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
}
