/**
 * `soglas/client`: the page's side of Soglas for code that goes through a bundler. Nothing here looks for a
 * page until it is called, so it can be imported where pages are rendered on a server; there nothing is
 * granted, and calls do nothing.
 *
 * It may come before or after the site's tag, and with any version of it: all it knows is `window.soglas`
 * and the event `soglas:consent`.
 */
import type { Consent, EventDetails, Soglas } from "../widget/core/api/soglas.ts";

export type {
  Consent,
  EarlyCall,
  EventDetails,
  EventParams,
  Soglas,
} from "../widget/core/api/soglas.ts";

export interface LoadOptions {
  /** Address of the site's tag, e.g. `https://consent.example.com/s/shop.js`. */
  src: string;
  /** Nonce of the page's Content-Security-Policy; whatever the tag inserts carries it on. */
  nonce?: string;
  /** Language of the banner; otherwise the page's `lang` decides, then the browser. */
  language?: string;
}

/** What is in force where nothing is known yet. */
const undecided: Consent = { decided: false, granted: [] };

/** The API, once the tag has put it in place of the queue of early calls. */
function published(): Soglas | undefined {
  if (typeof window === "undefined") return undefined;
  const found = window.soglas as Partial<Soglas> | undefined;
  return typeof found?.refuse === "function" ? (found as Soglas) : undefined;
}

/**
 * The API, as soon as the tag is there, however it came into the page. Pending for as long as it is not,
 * which on a server is for ever: not to be awaited while rendering.
 */
export function ready(): Promise<Soglas> {
  return new Promise((resolve) => {
    const known = published();
    if (known) resolve(known);
    else if (typeof document !== "undefined") {
      // Loads do not bubble, but every one of them passes here on its way down.
      const look = () => {
        const found = published();
        if (!found) return;
        document.removeEventListener("load", look, true);
        resolve(found);
      };
      document.addEventListener("load", look, true);
    }
  });
}

/**
 * Puts the site's tag into the page, unless it is in it. On a server nothing happens.
 * @returns the API, as from {@link ready}; rejected when the tag cannot be had, after which the next call
 *   tries again
 */
export function loadSoglas({ src, nonce, language }: LoadOptions): Promise<Soglas> {
  const loaded = ready();
  if (typeof document === "undefined" || published()) return loaded;
  const { href } = new URL(src, document.baseURI);
  // The inline element may have asked for it, together with the interface of a language: `/s/shop/en.js`.
  const together = href.replace(/\.js$/, "/");
  let script = [...document.scripts].find(
    (each) => each.src === href || each.src.startsWith(together),
  );
  if (!script) {
    script = document.createElement("script");
    script.async = true;
    if (nonce) script.nonce = nonce;
    if (language) script.dataset["lang"] = language;
    script.src = src;
    document.head.append(script);
  }
  const element = script;
  return Promise.race([
    loaded,
    new Promise<never>((_, reject) => {
      element.addEventListener("error", () => {
        element.remove();
        reject(
          new Error("The Soglas tag could not be loaded; nothing that needs consent will run."),
        );
      });
    }),
  ]);
}

/** What is in force now. */
export const consent = (): Consent => published()?.consent() ?? undecided;

/** Whether a purpose or service is granted now. */
export const has = (id: string): boolean => published()?.has(id) ?? false;

/**
 * Listens to what is in force: called when the tag has come, and after every decision on this page or in
 * another tab.
 * @returns how to stop
 */
export function onConsent(listener: (consent: Consent) => void): () => void {
  if (typeof document === "undefined") return () => {};
  let listening = true;
  const tell = () => listener(consent());
  document.addEventListener("soglas:consent", tell);
  if (!published()) void ready().then(() => listening && tell());
  return () => {
    listening = false;
    document.removeEventListener("soglas:consent", tell);
  };
}

/** Opens the preferences, once the tag is there. */
export const open = (): void => void ready().then((soglas) => soglas.open());

/** Grants everything that is asked. For the visitor's own click on a control that says so, and nothing else. */
export const accept = (): Promise<void> => ready().then((soglas) => soglas.accept());

/** Refuses everything that is asked. */
export const refuse = (): Promise<void> => ready().then((soglas) => soglas.refuse());

/** Takes back every grant; nothing happens where there is none. */
export const withdraw = (): Promise<void> => ready().then((soglas) => soglas.withdraw());

/** Reports a goal through the gateway; without a grant nothing happens. */
export const event = (name: string, params?: EventDetails): void =>
  void ready().then((soglas) => soglas.event(name, params));

/**
 * The visitor's event token, for the site's own backend to send events under. Null without a grant, and
 * while the decision has not been acknowledged.
 */
export const token = (): string | null => published()?.token() ?? null;
