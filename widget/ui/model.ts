/** What the components are given: the words, what is in force, and what can be done. */
import type { DecisionControl, DecisionPlace } from "../../gateway/contract/decision.ts";
import type { InterfaceConfig } from "../../gateway/contract/widget.ts";
import type { Strings } from "../locales/strings.ts";
import type { Choice, InterfaceHost, View } from "./host.ts";

export interface Model {
  config: InterfaceConfig;
  strings: Strings;
  host: InterfaceHost;
  /** Where the switches of the preferences stand now. */
  draft: Choice;
  /** Null where this browser has none, and until it is known. */
  consentId: string | null;
  /** Whether the consent id has just been copied. */
  copied: boolean;
  /** How far the visitor is with erasing: asked whether they are sure, and what came of it. */
  erasing: "" | "sure" | "failed" | "done";
  /** Names of what is no longer allowed and still lies in the browser. */
  left(): string[];
  /** Changes what is shown here without deciding anything. */
  set(change: Partial<Pick<Model, "draft" | "consentId" | "copied" | "erasing">>): void;
  /** Decides: hides everything, then reports to the core. */
  decide(choice: Choice, place: DecisionPlace, control: DecisionControl): Promise<void>;
  /** Erases the visitor's records and forgets them here. */
  erase(): Promise<void>;
  show(view: View): void;
}
