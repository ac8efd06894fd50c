/**
 * The seam between the tag, on every page, and the two scripts it loads: the interface, when something must
 * be shown, and the record's, when something must be recorded, swept or sent (ADR 003). The state lives in
 * the tag; the others are handed this view of it.
 */
import type { DecisionControl } from "../../gateway/contract/decision.ts";
import type { TagConfig } from "../../gateway/contract/widget.ts";
import type { Choice, InterfaceHandle, Jsx, Manner, Mine } from "../ui/host.ts";
import type { Asked } from "./asked.ts";
import type { Circumstances } from "./decision.ts";
import type { Saved } from "./saved.ts";
import type { Store } from "./store.ts";

/**
 * A choice that is honoured already, and waits to become cookie and record. Everything the record holds
 * is settled at the click: whichever tab makes it, it is the same, byte for byte.
 */
export interface Intent extends Circumstances {
  choice: Choice;
  /** What it follows. */
  before: Saved | null;
  /** Of a decision by a script of the page only the control is known. */
  manner: Manner | DecisionControl;
  /** Revision of the texts it was made under. */
  revision: string;
}

export interface Core {
  config: TagConfig;
  asked: Asked;
  store: Store;
  /** What the cookie says now. */
  remembered(): Saved | null;
  /** What is in force: the cookie, and a choice not yet in it. */
  saved(): Saved | null;
  /** Takes a choice: hides, lets the browser paint, honours it. */
  decide(choice: Choice, manner: Manner): Promise<void>;
  /**
   * What was in the cookie or the store has changed.
   * @param known in place of the cookie, which the browser may not have taken
   */
  refresh(known?: Saved | null): void;
  /** Whether a purpose or service is granted. */
  granted(id: string): boolean;
  /** A shadow root in the page, in an element of this name. */
  addRoot(name: string): ShadowRoot;
  /** Runs a task with the recorder, now or when its script has arrived. */
  withRecorder(task: (recorder: Recorder) => void): void;
}

/** What a script that the tag loads leaves on its own element. */
export type Open<T> = (core: Core) => T;
export type OpenInterface = Open<InterfaceHandle>;
export type OpenRecorder = Open<Recorder>;
export type OpenPlaceholder = Open<(frame: HTMLIFrameElement) => void>;

export interface Recorder {
  /** What shows the visitor's own record, drawn with the interface's Preact. */
  mine(jsx: Jsx): Mine;
  /** Makes a record of a choice, and the cookie if it is the one in force. Null where it is not. */
  record(intent: Intent): Saved | null;
  /** Removes what services without a grant have stored, now and once more a moment later. */
  sweep(): void;
  /** Sends what waits to be acknowledged. */
  flush(): void;
}
