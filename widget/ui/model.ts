/** What every component of the interface is given: the words, what is in force, and what can be done. */
import type { DecisionControl, DecisionPlace } from "../../gateway/contract/decision.ts";
import type { InterfaceConfig } from "../../gateway/contract/widget.ts";
import type { Choice, InterfaceHost } from "./host.ts";
import type { Texts } from "./texts.tsx";

export interface Model {
  config: InterfaceConfig;
  texts: Texts;
  host: InterfaceHost;
  /** Where the switches of the preferences stand now. */
  draft: Choice;
  /** Null where this browser has none, and until it is known. */
  consentId: string | null;
  /** Whether the consent id has just been copied. */
  copied: boolean;
  /** Moves switches without deciding anything. */
  move(draft: Choice): void;
  /** Decides: hides everything, then reports to the core. */
  decide(choice: Choice, place: DecisionPlace, control: DecisionControl): void;
  openPreferences(): void;
  copyConsentId(): void;
}
