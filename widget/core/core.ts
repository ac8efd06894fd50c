/**
 * The seam between the tag, on every page, and the two scripts it loads: the interface, when something must
 * be shown or decided, and the recorder, when something must be recorded, swept or sent (ADR 003). The state
 * lies in cookie and store, where each of them finds it; the tag makes the page follow it.
 */
import type { Jurisdiction } from "../../gateway/contract/site.ts";
import type { TagConfig } from "../../gateway/contract/widget.ts";
import type { InterfaceHandle, Mine } from "../ui/host.ts";
import type { Circumstances, Manner } from "./record/decision.ts";
import type { Saved, StoredChoice } from "./choice/saved.ts";
import type { TrustedPolicy } from "./page/trusted.ts";
import type { Store } from "./store.ts";

/**
 * A choice that is honoured already, and waits to become cookie and record. Everything the record holds
 * is settled at the click: whichever tab makes it, it is the same, byte for byte.
 */
export interface Intent extends Circumstances {
  choice: StoredChoice;
  /** What it follows. */
  before: Saved | null;
  manner: Manner;
  /** Ids of all services there were, those of essential purposes too: one text, since arrays do not survive. */
  services: string;
  /** The site's own profile then; the recorder's where it is not known. */
  own?: Jurisdiction | undefined;
}

export interface Core {
  config: TagConfig;
  store: Store;
  /** The visitor's browser says no by itself (Global Privacy Control). */
  gpc: boolean;
  /** What the cookie and the store say now. */
  remembered(): Saved | null;
  /** What the page follows. */
  saved(): Saved | null;
  /** The path of this page as it may be told. */
  page(): string;
  /** What is in the cookie or the store has changed: the page follows. */
  refresh(): void;
  /** Whether a purpose or service is granted. */
  granted(id: string): boolean;
  /** Granted, and active on this page. */
  runs(id: string): boolean;
  /** Of the tag's own element, for scripts that do not carry one. */
  nonce: string | undefined;
  /** Makes addresses and texts of scripts acceptable where the page demands it. */
  policy(): TrustedPolicy;
  /** A shadow root in the page, in an element of this name. */
  addRoot(name: string): ShadowRoot;
  /** Runs a task with the recorder, now or when its script has arrived. */
  withRecorder(task: (recorder: Recorder) => void): void;
}

/** What a script that the tag loads leaves on its own element. */
export type Open<T> = (core: Core) => T;
export type OpenInterface = Open<InterfaceHandle>;
export type OpenRecorder = Open<Recorder>;
export type OpenGate = Open<Gate>;
export type OpenPlaceholder = Open<(frame: HTMLIFrameElement) => void>;

/** What opens and closes marked elements of the page. */
export interface Gate {
  /** Opens and closes what the page holds now. */
  scan(): void;
  /** True when something runs that was allowed once, is not any more, and cannot be taken back. */
  stuck(granted: (id: string) => boolean): boolean;
}

export interface Recorder {
  /** What shows the visitor's own record, in the interface. */
  mine(): Mine;
  /** Makes records of the choices that wait for one, and the cookie of the one in force. */
  record(): void;
  /** Removes what services without a grant have stored, now and once more a moment later. */
  sweep(): void;
  /** Does what earlier pages, or a gateway that was away, have left to do. */
  catchUp(): void;
}
