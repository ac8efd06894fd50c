/**
 * The form of `window.soglas`. Types only, and nothing imported: what `soglas/client` publishes to
 * developers is made from this file.
 */

/** What is in force. */
export interface Consent {
  /**
   * False until the visitor has decided under the current texts. Where a jurisdiction profile asks nothing,
   * what runs without an answer counts as decided.
   */
  decided: boolean;
  /** Ids of purposes and services that are granted; essential ones always are. */
  granted: string[];
}

/** Values of an event, as the events contract allows them. */
export type EventParams = Record<string, string | number | boolean>;

/** What an event may have: values, and what was bought or looked at, under GA4's names. */
export type EventDetails = Record<string, string | number | boolean | EventParams[]>;

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
  /**
   * Grants everything that is asked. Resolves once that is honoured, for which a script of the gateway may have
   * to arrive; or without a grant, where something else was decided meanwhile.
   */
  accept(): Promise<void>;
  /** Refuses everything that is asked. Resolves at once, also while the gateway is away. */
  refuse(): Promise<void>;
  /** Takes back every grant; nothing happens where there is none. Resolves as `refuse` does. */
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

type Calls = Pick<Soglas, "on" | "open" | "accept" | "refuse" | "withdraw" | "event">;

/** A method that answers nothing, by its name, and what it is called with. */
export type EarlyCall = {
  [Name in keyof Calls]: [method: Name, ...args: Parameters<Calls[Name]>];
}[keyof Calls];

declare global {
  interface Window {
    soglas?: Soglas | EarlyCall[];
  }
}
