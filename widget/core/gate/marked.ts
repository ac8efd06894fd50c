/**
 * Scripts, iframes and templates marked with `data-consent="purpose-or-service"` wait for a grant:
 *
 * - `<script type="text/plain" data-consent="…">`, with `src` or inline; `data-type="module"` for modules;
 * - `<iframe data-consent="…" data-src="…">`;
 * - `<template data-consent="…">` around any markup, vendors' snippets included.
 */
import type { Core, Gate } from "../core.ts";
import type { TrustedPolicy } from "../page/trusted.ts";

const waiting = 'script[type="text/plain"][data-consent]';
const blank = "about:blank";

export function openGate({ runs, nonce, policy }: Pick<Core, "runs" | "nonce" | "policy">): Gate {
  const ran = new Set<string>();
  let busy = false;

  const marked = <E extends HTMLElement>(selector: string) =>
    document.querySelectorAll<E>(selector);
  const opens = ({ dataset }: HTMLElement) => runs(dataset.consent!);

  /** One after the other in document order, asking again before each: a script may change anything. */
  async function runScripts(): Promise<void> {
    if (busy) return;
    busy = true;
    let next: HTMLScriptElement | undefined;
    while ((next = [...marked<HTMLScriptElement>(waiting)].find(opens))) {
      ran.add(next.dataset.consent!);
      await revive(next, nonce, policy());
    }
    busy = false;
  }

  return {
    scan() {
      for (const template of marked<HTMLTemplateElement>("template[data-consent]")) {
        if (!opens(template)) continue;
        ran.add(template.dataset.consent!);
        unfold(template);
      }
      for (const frame of marked<HTMLIFrameElement>("iframe[data-consent][data-src]")) {
        const open = opens(frame);
        // The page may have moved an open frame on, so it is only compared with a closed one.
        if (open !== ![null, blank].includes(frame.getAttribute("src")))
          frame.src = open ? frame.dataset.src! : blank;
      }
      void runScripts();
    },
    stuck: (granted) => [...ran].some((id) => !granted(id)),
  };
}

/**
 * Puts a running copy in a script's place. Resolves when the next script may run: a classic script with
 * an address, neither async nor deferred, holds back what follows it, as in a parsed page.
 */
function revive(
  script: HTMLScriptElement,
  nonce: string | undefined,
  policy: TrustedPolicy,
): unknown {
  const copy = document.createElement("script");
  // Scripts made by scripts are async unless told otherwise; the attribute, if any, is copied below.
  copy.async = false;
  for (const { name, value } of script.attributes)
    if (!/^(type|data-(consent|type))$/.test(name))
      copy.setAttribute(
        name,
        name === "src"
          ? policy.createScriptURL(value)
          : name.startsWith("on")
            ? policy.createScript(value)
            : value,
      );
  const { type } = script.dataset;
  if (type) copy.type = type;
  // The attribute of a nonce reads empty; only the property holds it.
  copy.nonce = script.nonce || nonce || "";
  copy.text = policy.createScript(script.text);
  const blocking = copy.src && !copy.async && !copy.defer && type !== "module";
  const ran =
    blocking &&
    new Promise((resolve) => {
      copy.addEventListener("load", resolve);
      copy.addEventListener("error", resolve);
    });
  script.replaceWith(copy);
  return ran;
}

/** Its scripts are marked on the way, so that they run as marked scripts do: in order, each once. */
function unfold(template: HTMLTemplateElement): void {
  const content = document.importNode(template.content, true);
  for (const script of content.querySelectorAll<HTMLScriptElement>("script:not([data-consent])")) {
    script.dataset.type = script.type;
    script.dataset.consent = template.dataset.consent!;
    script.type = "text/plain";
  }
  template.replaceWith(content);
}
