/** The control that reopens the choices: drawn by the core, so that decided visitors load no interface. */

/** System colours follow light, dark and forced colours; 44 px is the target size of WCAG 2.5.5. */
const css = (side: string) =>
  `:host{all:initial!important}button{all:unset;position:fixed;${side}:12px;bottom:12px;z-index:2147483646;width:42px;height:42px;border:1px solid GrayText;border-radius:50%;background:Canvas;color-scheme:light dark;cursor:pointer}button:focus-visible{outline:3px solid Highlight;outline-offset:2px}button::before,button::after{content:"";position:absolute;border:2px solid CanvasText;border-radius:9px}button::before{inset:13px 8px}button::after{inset:17px 22px 17px 12px}@media print{:host{display:none!important}}`;

/**
 * @param label what it is called; the switch drawn on it says nothing to a screen reader
 */
export function drawReopen(
  root: ShadowRoot,
  side: "left" | "right",
  label: string,
  open: () => void,
): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css(side));
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.title = button.ariaLabel = label;
  button.addEventListener("click", open);
  root.append(button);
}
