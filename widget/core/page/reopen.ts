/** The control that reopens the choices: drawn by the core, so that decided visitors load no interface. */

/** System colours follow light, dark and forced colours; 44 px is the target size of WCAG 2.5.5. */
const css = (side: string) =>
  `:host{all:initial!important}button{position:fixed;inset:auto;${side}:12px;bottom:12px;z-index:2147483646;display:block;width:44px;height:44px;margin:0;border:1px solid;border-radius:50%;background:Canvas;color:CanvasText;color-scheme:light dark;cursor:pointer}button:before{content:"";position:absolute;inset:14px 9px;border:2px solid;border-left-width:14px;border-radius:9px}@media print{button{display:none}}`;

/**
 * @param label what it is called; the switch drawn on it says nothing to a screen reader. Said once: beside a
 *   label of the same words the title would be read as a description too.
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
  button.title = label;
  button.addEventListener("click", open);
  root.append(button);
  // Into the top layer where there is one: a transform of the page's root does not move it there.
  button.popover = "manual";
  button.showPopover?.();
}
