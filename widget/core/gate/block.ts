/**
 * Automatic blocking: scripts and frames from hosts of the site's vendors wait as marked ones do, without
 * being marked. It has to run before they are parsed, so the tag stands first in the head and is not async.
 *
 * What is stopped is execution: the browser's parser may have asked for a file before any script can see it,
 * and what `document.write` writes is run before anybody is told. Only marks prevent the request for certain.
 */
import type { Soglas } from "../api/soglas.ts";

const held = (SOGLAS_CONFIG.block ?? []).map(([source, id]) => [new RegExp(source), id] as const);
const pages = SOGLAS_PARTS.rules?.(SOGLAS_CONFIG).pages;
const services = new Map(SOGLAS_CONFIG.services.map((service) => [service.id, service]));
/** Taken before the page's own scripts can change them. */
const setAttribute = Element.prototype.setAttribute;

/** The service an address has to wait for now. */
function holderOf(address: string): string | undefined {
  if (!URL.canParse(address, document.baseURI)) return undefined;
  const { host, pathname, search } = new URL(address, document.baseURI);
  const id = held.find(([pattern]) => pattern.test(host + pathname + search))?.[1];
  const service = id === undefined ? undefined : services.get(id);
  if (!service) return undefined;
  const granted = (window.soglas as Partial<Soglas> | undefined)?.has?.(service.id);
  return granted && (!pages || pages.active(service)) ? undefined : id;
}

const isMarked = (element: HTMLElement) => element.dataset["consent"] !== undefined;

function holdScript(script: HTMLScriptElement, address: string): void {
  const id = isMarked(script) ? undefined : holderOf(address);
  if (id === undefined) return;
  if (script.type && !/javascript/i.test(script.type)) script.dataset["type"] = script.type;
  script.dataset["consent"] = id;
  setAttribute.call(script, "type", "text/plain");
}

/** True when the frame must not have the address now: it is kept as a marked frame's is. */
function holdFrame(frame: HTMLIFrameElement, address: string): boolean {
  const id = holderOf(address);
  if (id === undefined || (isMarked(frame) && frame.dataset["src"] === undefined)) return false;
  frame.dataset["consent"] ??= id;
  frame.dataset["src"] = address;
  return true;
}

/** A frame or script that is given its address by a script: it is known before anything is asked for. */
function guard<E extends HTMLElement>(
  prototype: E,
  before: (element: E, name: string, value: string) => boolean,
): void {
  for (const name of ["src", "type"]) {
    const native = Object.getOwnPropertyDescriptor(prototype, name);
    if (!native?.set) continue;
    Object.defineProperty(prototype, name, {
      ...native,
      set(this: E, value: unknown) {
        if (!before(this, name, String(value))) native.set!.call(this, value);
      },
    });
  }
  Object.defineProperty(prototype, "setAttribute", {
    configurable: true,
    writable: true,
    value(this: E, name: string, value: unknown) {
      if (!before(this, String(name).toLowerCase(), String(value)))
        setAttribute.call(this, name, value as string);
    },
  });
}

guard(HTMLScriptElement.prototype, (script, name, value) => {
  if (name === "src") holdScript(script, value);
  // One that waits is not set going by a kind that is said after the address.
  const waits = script.type === "text/plain" && isMarked(script);
  if (name !== "type" || !waits || value === "text/plain") return false;
  if (!/javascript/i.test(value)) script.dataset["type"] = value;
  return true;
});
guard(
  HTMLIFrameElement.prototype,
  (frame, name, value) => name === "src" && holdFrame(frame, value),
);

// The parser's: between an element's start and its execution whoever watches is told.
new MutationObserver((records) => {
  for (const { addedNodes } of records)
    for (const node of addedNodes)
      if (node instanceof HTMLScriptElement) holdScript(node, node.src);
      else if (node instanceof HTMLIFrameElement && node.src && holdFrame(node, node.src))
        node.removeAttribute("src");
      else if (node instanceof Element)
        for (const frame of node.querySelectorAll("iframe"))
          if (frame.src && holdFrame(frame, frame.src)) frame.removeAttribute("src");
}).observe(document, { childList: true, subtree: true });
