/**
 * Entry of what stands in a frame that waits: who would show something here, who receives what, and consent
 * in place, for that service alone. It is drawn into the frame's own empty document, so that the frame keeps
 * its size, and styles of the page do not reach in. A frame with `sandbox` needs `allow-same-origin` for that.
 */
import type { FramesConfig } from "../gateway/contract/widget.ts";
import type { OpenPlaceholder } from "./core/core.ts";
import { decide } from "./core/choice/decide.ts";
import type { Soglas } from "./core/api/soglas.ts";
import type { FrameStrings } from "./locales/strings.ts";
import css from "./placeholder.css?inline";

declare const SOGLAS_FRAMES: FramesConfig;
declare const SOGLAS_STRINGS: FrameStrings;

const { language, direction, look, jurisdiction, consent, services } = SOGLAS_FRAMES;
const strings = SOGLAS_STRINGS;

const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] ?? slot);

const isDark = () =>
  look.theme === "system"
    ? matchMedia("(prefers-color-scheme:dark)").matches
    : look.theme === "dark";

/** Nothing for a frame whose document is not ours to write. */
function emptyDocument(frame: HTMLIFrameElement): Document | null {
  const page = frame.contentDocument;
  return page?.URL === "about:blank" && !page.body?.firstChild ? page : null;
}

const open: OpenPlaceholder = (core) => (frame) => {
  const id = frame.dataset.consent!;
  const service = services[id];
  const page = emptyDocument(frame);
  if (!page || !service) return;
  const { name, description, recipient } = service;

  const element = <K extends keyof HTMLElementTagNameMap>(
    kind: K,
    ...children: (Node | string)[]
  ) => {
    const made = page.createElement(kind);
    made.append(...children);
    return made;
  };
  /** `[bracketed]` words are a link, or plain words without an address. */
  const linked = (text: string, href: string | undefined) => {
    const [before = "", words = "", after = ""] = text.split(/[[\]]/);
    if (href === undefined) return element("p", before, words, after);
    const link = element("a", words);
    Object.assign(link, { href, target: "_blank", rel: "noreferrer" });
    return element("p", before, link, after);
  };
  const button = (words: string, act: () => void) => {
    const made = element("button", words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  const theme = isDark() ? "dark" : "light";
  Object.assign(page.documentElement, { lang: language, dir: direction });
  page.documentElement.dataset["theme"] = theme;
  page.title = name;
  const { CSSStyleSheet: Sheet } = frame.contentWindow as Window & typeof globalThis;
  const sheet = new Sheet();
  sheet.replaceSync(`${css}:root{--own:${look.accent}}`);
  page.adoptedStyleSheets = [sheet];

  /** This service and its purpose, beside whatever is allowed already. */
  function allow(): void {
    // The second click of a double one, while what was allowed is on its way.
    if (core.granted(id)) return;
    const now = core.saved()?.choice;
    const asked = core.config.asked.map((each) => [each, now?.[each] === true] as const);
    const choice = { ...Object.fromEntries(asked), [service!.purpose]: true, [id]: true };
    void decide(core, SOGLAS_FRAMES, choice, { place: "placeholder", control: "save", theme });
  }

  const accepts = (core.config.applied?.profile ?? jurisdiction) === "ru";
  const received = fill(strings.recipient, { name: recipient.name, country: recipient.country });
  page.body.append(
    element(
      "main",
      element("h1", name),
      element("p", description),
      linked(received, recipient.policy),
      ...(recipient.crossBorder ? [element("p", strings.crossBorder)] : []),
      ...(accepts ? [linked(fill(strings.byAccepting, { accept: strings.show }), consent)] : []),
      element(
        "div",
        button(strings.show, allow),
        button(strings.choose, () => (window.soglas as Soglas).open()),
      ),
    ),
  );
};
Object.assign(document.currentScript!, { open });
