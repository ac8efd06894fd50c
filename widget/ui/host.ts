/**
 * What is handed to the interface, and what it gives back. All state lives in the core; the interface only
 * shows it and reports what the visitor did.
 */
import type { Choice } from "../core/choice/saved.ts";
import type { Manner } from "../core/record/decision.ts";
import type { Component } from "./jsx.ts";
import type { Model } from "./model.ts";

/** One decision of this browser, newest last: the visitor's own history. */
export interface PastDecision {
  recordId: string;
  /** Unix seconds of the browser's clock. */
  time: number;
  granted: string[];
  /** `sent` once the gateway has acknowledged the record. */
  state: "waiting" | "sent";
}

export interface InterfaceHost {
  /** The element that carries the shadow root; the core owns it and keeps it in the page. */
  root: ShadowRoot;
  /** Null before the first decision of this visitor. */
  current(): Choice | null;
  /**
   * Called in the click's own task, after the interface has hidden itself: yields before anything
   * costly. Resolved once the choice is honoured; what was withdrawn has been swept by then, and is
   * swept once more a moment later.
   */
  decide(choice: Choice, manner: Manner): Promise<void>;
  /** Whether the visitor's records were erased and nothing was decided since, here or on another page. */
  erased(): boolean;
  /** Calls back with what shows the visitor's own record: at once, or when its script has arrived. */
  withMine(use: (mine: Mine) => void): void;
}

/** The visitor's own record, as the recorder knows it. */
export interface OwnRecord {
  /** Consent id of this browser, or null when there is none. Asynchronous: it hashes the secret. */
  consentId(): Promise<string | null>;
  history(): PastDecision[];
  /** Calls back, in place of an earlier listener, each time the gateway has acknowledged a record. */
  onSent(listener: () => void): void;
  /** Address of a record's receipt. */
  receiptUrl(recordId: string): string;
  /** Whether this browser has what erasing takes: the secret of its records. */
  erasable(): boolean;
  /** Erases the visitor's records, at the gateway and here. False when nothing was erased. */
  erase(): Promise<boolean>;
  /** What withdrawing could not remove (vendor-domain or HttpOnly entries): names for the visitor. */
  leftBehind(): string[];
}

export type View = "banner" | "preferences";

export interface InterfaceHandle {
  /** Grants everything that is asked, for a script of the page. */
  acceptAll(): Promise<void>;
  /** Shows a view; focus goes into preferences, never into the banner. */
  show(view: View): void;
  /** Hides everything without deciding. */
  hide(): void;
}

/** "My choices": a part of the preferences that comes with the recorder's script. */
export interface Mine {
  View: Component<Model>;
  /** What is no longer allowed and still lies in the browser, in words; empty where nothing does. */
  left(model: Model): string;
  /** Begins anew with what the recorder knows now. */
  refresh(model: Model): Promise<void>;
}

export type Mount = (host: InterfaceHost) => InterfaceHandle;
