/** A core that only remembers: what the interface is shown with, and what it reports. */
import type { InterfaceConfig } from "../../../gateway/contract/widget.ts";
import type { Strings } from "../../../widget/locales/strings.ts";
import en from "../../../widget/locales/en.ts";
import ru from "../../../widget/locales/ru.ts";
import type { Manner } from "../../../widget/core/record/decision.ts";
import type { Choice } from "../../../widget/core/choice/saved.ts";
import type { InterfaceHandle, InterfaceHost, OwnRecord } from "../../../widget/ui/host.ts";
import { createInterface } from "../../../widget/ui/interface.tsx";
import { createMine } from "../../../widget/ui/mine.tsx";

export interface Mounted {
  root: ShadowRoot;
  handle: InterfaceHandle;
  decided: { choice: Choice; manner: Manner; shownWhenDecided: number }[];
  one<E extends Element>(selector: string): E;
  all<E extends Element>(selector: string): E[];
  /** The button with this text. */
  button(text: string): HTMLButtonElement;
  /** Clicks and lets the decision and what follows it be over. */
  press(text: string): Promise<void>;
  toggle(name: string): void;
}

const languages: Record<string, Strings> = { en, ru };

/**
 * Mounts the interface into a fresh page.
 *
 * @param over what the core knows, where it differs from a first visit
 */
export function mounted(
  config: InterfaceConfig,
  over: Partial<InterfaceHost & OwnRecord> = {},
): Mounted {
  document.body.replaceChildren();
  const root = document.body
    .appendChild(document.createElement("soglas-consent"))
    .attachShadow({ mode: "open" });
  const decided: Mounted["decided"] = [];
  let current: Choice | null = null;
  const strings = languages[config.language]!;
  const own: OwnRecord = {
    consentId: async () => null,
    history: () => [],
    onSent: () => {},
    receiptUrl: (id) => `https://gateway.test/receipts/${id}`,
    erasable: () => false,
    erase: async () => false,
    leftBehind: () => [],
    ...over,
  };
  const mine = createMine(own, strings);
  const handle = createInterface(
    config,
    strings,
  )({
    root,
    current: () => current,
    async decide(choice, manner) {
      decided.push({
        choice,
        manner,
        shownWhenDecided: root.querySelectorAll("[part~=banner],dialog").length,
      });
      current = choice;
    },
    erased: () => false,
    withMine: (use) => use(mine),
    ...over,
  });
  const all = <E extends Element>(selector: string) => [...root.querySelectorAll<E>(selector)];
  const one = <E extends Element>(selector: string) => {
    const [found] = all<E>(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  const button = (text: string) => {
    const found = all<HTMLButtonElement>("button").findLast((b) => b.textContent === text);
    if (!found) throw new Error(`no button says ${text}`);
    return found;
  };
  return {
    root,
    handle,
    decided,

    one,
    all,
    button,
    async press(text) {
      button(text).click();
      await settled();
    },
    toggle: (name) => one<HTMLInputElement>(`input[name="${name}"]`).click(),
  };
}

/** Lets promises that are already resolved take their turn. */
export const settled = () => new Promise<void>((done) => setTimeout(done));
