/** What the components are given: the words, what is in force, and what can be done. */
import type { DecisionControl, DecisionPlace } from "../../gateway/contract/decision.ts";
import type { InterfaceConfig } from "../../gateway/contract/widget.ts";
import type { Choice } from "../core/choice/saved.ts";
import type { InterfaceStrings } from "../locales/strings.ts";
import type { InterfaceHost, Mine, View } from "./host.ts";

export interface Model {
  config: InterfaceConfig;
  strings: InterfaceStrings;
  host: InterfaceHost;
  /** Where the switches of the preferences stand now. */
  draft: Choice;
  /** Undefined until its script has arrived. */
  mine: Mine | undefined;
  /** Changes what is shown here without deciding anything. */
  set(change: Partial<Pick<Model, "draft" | "mine">>): void;
  /** Takes what the core knows now in place of what is shown. */
  refresh(): void;
  /** Decides: hides everything, then reports to the core. */
  decide(choice: Choice, place: DecisionPlace, control: DecisionControl): Promise<void>;
  show(view: View): void;
}
