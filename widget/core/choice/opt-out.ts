/** The control that opts out, where services run until somebody does: one click, nothing to confirm. */
import type { Core } from "../core.ts";
import type { Soglas } from "../api/soglas.ts";

/** As the control that reopens the choices looks, in words, since no sign is known to everybody. */
const css = (side: string) =>
  `:host{all:initial!important}div{position:fixed;${side}:12px;bottom:12px;z-index:2147483646;max-width:calc(100vw - 24px);font:14px/1.4 system-ui,sans-serif;color-scheme:light dark}button{box-sizing:border-box;min-height:44px;padding:8px 18px;border:1px solid;border-radius:22px;background:Canvas;color:CanvasText;font:inherit;text-align:start;cursor:pointer}button:hover{text-decoration:underline}button:focus-visible{outline:3px solid;outline-offset:2px}p{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}@media print{div{display:none}}`;

/** @param words what the control says, and what is announced once it was used */
export function drawOptOut(
  core: Core,
  side: "left" | "right",
  [label, said]: [label: string, said: string],
): void {
  const root = core.addRoot("soglas-opt-out");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css(side));
  root.adoptedStyleSheets = [sheet];
  const [place, button, status] = ["div", "button", "p"].map((name) =>
    document.createElement(name),
  );
  status!.role = "status";
  button!.textContent = label;
  place!.append(button!, status!);
  root.append(place!);
  const standing = core.saved();
  // Whichever way it was decided, here or in another tab.
  document.addEventListener("soglas:consent", () => {
    if (core.saved() !== standing) button!.remove();
  });
  button!.addEventListener("click", () => {
    void (window.soglas as Soglas).refuse();
    button!.remove();
    status!.textContent = said;
    // Where the focus was there is the way back now.
    document
      .querySelector("soglas-reopen")
      ?.shadowRoot?.querySelector("button")
      ?.focus({ preventScroll: true });
  });
}
