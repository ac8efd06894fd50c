/**
 * After the interface of a site with a look that few sites have: in an element of the page, compact, or with
 * a logo. A style sheet behind the interface's own, and for the first a place.
 */
import type { InterfaceConfig } from "../gateway/contract/widget.ts";
import type { OpenInterface } from "./core/core.ts";

declare const SOGLAS_INTERFACE: InterfaceConfig;

/** Static only where there is an element for it; elsewhere it is a bar like any other. */
const inlineCss =
  ":host([data-inline]) [part~=banner]{position:static;z-index:auto;max-height:none;box-shadow:none}";
/** Smaller text, and targets of 44 px all the same. */
const compactCss =
  "button,summary,[part=row]{min-height:44px}button{min-width:44px}[part=links]>*{padding-block:.85em}[data-theme]{font-size:.875em}[part=body]{padding:1em 1em .25em}[part=head]{padding:.5em .5em .5em 1em}[part=foot]{padding:.5em 1em 1em}";
const logoCss = (source: string) =>
  `[part=controller]::before{content:url("${source}");display:block;max-height:3em;overflow:hidden;margin-block-end:.75em}`;

const script = document.currentScript as HTMLScriptElement & { open: OpenInterface };
const { open } = script;
script.open = (core) => {
  const { density, logo, placement } = SOGLAS_INTERFACE.look;
  const roots: ShadowRoot[] = [];
  const handle = open({
    ...core,
    addRoot(name) {
      const root = core.addRoot(name);
      roots.push(root);
      return root;
    },
  });
  const css = [
    placement === "inline" ? inlineCss : "",
    density ? compactCss : "",
    logo ? logoCss(logo) : "",
  ].join("");
  for (const root of roots) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
    if (placement === "inline") keepInline(root);
  }
  return handle;
};

/** Keeps the banner in the page's element, also when an application has drawn itself anew. */
function keepInline(root: ShadowRoot): void {
  const host = root.host as HTMLElement;
  function place(): void {
    const spot = document.querySelector("[data-soglas-inline]");
    if (spot && host.parentNode !== spot) spot.append(host);
    host.toggleAttribute("data-inline", !!spot);
    // In the top layer nothing has a place in the page.
    if (spot) root.querySelector("[popover]")?.removeAttribute("popover");
  }
  place();
  new MutationObserver(place).observe(document, { childList: true, subtree: true });
  new MutationObserver(place).observe(root, { childList: true, subtree: true });
}
