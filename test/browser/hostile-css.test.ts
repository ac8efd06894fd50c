/**
 * A page whose style sheet attacks everything we draw, and everything of the page that we could change by
 * being there. Asked for by peers' users again and again; of fourteen watched properties, peers lose up to 13.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openGateWorld, type GateWorld } from "./gate-world.ts";

/**
 * Aimed at everything at once, and at each of our elements by its name, parts, roles and attributes; not by
 * `::part()`, which is the owner's own door.
 */
const attacked = `*,*::before,*::after,div,section,dialog,form,button,input,label,p,h2,h3,ul,li,b,code,a,details,summary,
  output,[part],[role],[popover],[data-theme],soglas-consent,soglas-reopen,soglas-consent *`;
const hostile = `
  ${attacked}{
    all:unset!important;display:inline!important;position:static!important;float:right!important;
    inset:auto!important;z-index:-1!important;width:9px!important;height:9px!important;max-width:9px!important;
    margin:31px!important;padding:31px!important;border:7px dotted lime!important;border-radius:0!important;
    overflow:visible!important;box-sizing:content-box!important;
    color:red!important;background:lime!important;fill:red!important;
    font:italic 900 40px/3 serif!important;letter-spacing:9px!important;word-spacing:9px!important;
    text-transform:uppercase!important;text-align:right!important;text-indent:50px!important;
    text-decoration:line-through!important;text-shadow:3px 3px red!important;white-space:pre!important;
    direction:rtl!important;writing-mode:vertical-rl!important;unicode-bidi:bidi-override!important;
    opacity:.1!important;visibility:hidden!important;filter:blur(9px)!important;backdrop-filter:blur(9px)!important;
    mix-blend-mode:difference!important;clip-path:circle(1px)!important;mask:linear-gradient(red,red)!important;
    transform:scale(.1)!important;rotate:45deg!important;translate:900px!important;scale:.1!important;
    perspective:1px!important;contain:strict!important;will-change:transform!important;
    content-visibility:hidden!important;container-type:size!important;zoom:3!important;
    pointer-events:none!important;user-select:none!important;touch-action:none!important;cursor:none!important;
    outline:none!important;animation:spin 1s infinite!important;transition:all 9s!important;
    color-scheme:dark!important;forced-color-adjust:none!important;accent-color:red!important;
    appearance:none!important;columns:3!important;list-style:square!important;
    --paper:red!important;--ink:red!important;--accent:red!important;--own:red!important;
    --soft:red!important;--line:red!important;--edge:red!important;--dim:red!important;
  }
  @keyframes spin{to{rotate:1turn;opacity:0}}
  soglas-consent,soglas-reopen{display:none!important}
  html,body{display:block!important;zoom:1!important;visibility:visible!important;content-visibility:visible!important;
    transform:translateX(120px) rotate(3deg)!important;filter:blur(0)!important;will-change:transform!important}
  #overlay{display:block!important;visibility:visible!important;position:fixed!important;inset:0!important;
    width:auto!important;height:auto!important;max-width:none!important;z-index:2147483647!important;
    pointer-events:auto!important;translate:none!important;scale:none!important;rotate:none!important;
    transform:none!important;opacity:1!important;clip-path:none!important}`;

/** What such sheets change in other consent tools. */
const watched = [
  ["display", "position", "inset", "z-index", "float", "box-sizing", "overflow", "direction"],
  ["width", "height", "margin", "padding", "border", "border-radius", "outline", "list-style"],
  ["color", "background-color", "opacity", "visibility", "filter", "mix-blend-mode", "clip-path"],
  ["font-family", "font-size", "font-weight", "font-style", "line-height", "letter-spacing"],
  ["word-spacing", "text-transform", "text-align", "text-indent", "text-decoration", "text-shadow"],
  [
    "white-space",
    "writing-mode",
    "unicode-bidi",
    "transform",
    "rotate",
    "translate",
    "scale",
    "zoom",
  ],
  ["contain", "container-type", "content-visibility", "columns", "appearance", "color-scheme"],
  [
    "pointer-events",
    "user-select",
    "touch-action",
    "cursor",
    "animation-name",
    "transition-duration",
  ],
].flat();

let world: GateWorld;
beforeAll(async () => {
  world = await openGateWorld([]);
  await world.publish(() => {});
});
afterAll(() => world.close());

const open = (css: string, withTag = true) =>
  world.open(
    (tag) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>
      <style>body{margin:0;font:16px sans-serif}${css}</style>${withTag ? tag : ""}
      <body><header id="top"><button>Menu</button></header><main><h1>Page</h1><p>Text <a href="#top">up</a></p>
      <dialog open>Own dialog</dialog><label><input type="checkbox" role="switch"> Own switch</label>
      <details><summary>Own</summary>More</details><output>Own</output></main></body></html>`,
  );

/** Every watched property of every element behind `hosts`, with its name, and of their pseudo-elements. */
const looks = (page: Page, hosts: string) =>
  page.evaluate(
    ([hosts, watched]) => {
      const found: Record<string, string> = {};
      for (const host of document.querySelectorAll(hosts)) {
        const elements = host.shadowRoot?.querySelectorAll("*") ?? [host];
        for (const [index, element] of elements.entries()) {
          if (element.matches("style,script,title,meta,link,head")) continue;
          // Of a box that holds nothing, place and width are those of what it stands in; and where there are
          // no words, none can run the wrong way.
          const { height } = element.getBoundingClientRect();
          const names = watched.filter((name) =>
            name === "direction" ? element.textContent : height || !/^(width|inset)$/.test(name),
          );
          for (const pseudo of ["", "::before", "::backdrop"]) {
            const style = getComputedStyle(element, pseudo);
            for (const name of names) {
              const of = `${host.localName} ${index} ${element.localName}${pseudo}: ${name}`;
              found[of] = style.getPropertyValue(name);
            }
          }
        }
      }
      return found;
    },
    [hosts, watched] as const,
  );

/** How often the second differs from the first, property by property of each element. */
function changes(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name]} → ${after[name]}`);
}

const banner = (page: Page) => page.locator("soglas-consent [part~=banner]");
const unfold = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector("soglas-consent")!.shadowRoot!;
    for (const details of root.querySelectorAll("details")) details.open = true;
  });

/** From the banner to the preferences, out of them, and to the control that reopens: what each looks like. */
async function walk(page: Page): Promise<Record<string, string>[]> {
  const seen: Record<string, string>[] = [];
  await banner(page).getByRole("button", { name: "Choose" }).waitFor();
  await unfold(page);
  seen.push(await looks(page, "soglas-consent"));
  // A click goes where the eye does: it would fail under an overlay, or on what is hidden or moved away.
  await banner(page).getByRole("button", { name: "Choose" }).click();
  // Hidden while there is nothing to tell, and there when its script has come.
  await page.locator("soglas-consent [part~=mine]").waitFor({ state: "attached" });
  await unfold(page);
  seen.push(await looks(page, "soglas-consent"));
  await page.locator("soglas-consent dialog").getByRole("button", { name: "Refuse all" }).click();
  await page.locator("soglas-reopen button").waitFor({ state: "attached" });
  seen.push(await looks(page, "soglas-reopen"));
  return seen;
}

it("hostile page CSS: of every element of banner, preferences and the control that reopens, 0 properties change", async () => {
  const plain = await walk(await open(""));
  const page = await open(hostile);
  // Laid over everything by the page, as high as a page can.
  await page.evaluate(() => {
    const overlay = document.createElement("aside");
    overlay.id = "overlay";
    document.body.append(overlay);
  });
  expect(await page.evaluate(() => getComputedStyle(document.querySelector("main")!).color)).toBe(
    "rgb(255, 0, 0)",
  );
  const attackedLooks = await walk(page);
  for (const [state, before] of plain.entries()) {
    expect(Object.keys(before).length).toBeGreaterThan(watched.length);
    expect(changes(before, attackedLooks[state]!)).toEqual([]);
  }
});

it("the reverse: with the banner, the preferences and the control there, 0 properties of the page change", async () => {
  const everything = "body, body *";
  const without = await looks(await open("", false), everything);
  const page = await open("");
  await banner(page).waitFor();
  expect(changes(without, await looks(page, everything))).toEqual([]);
  await banner(page).getByRole("button", { name: "Choose" }).click();
  // But for what the browser makes of a page behind a modal dialog.
  expect(changes(without, await looks(page, everything))).toEqual([]);
  await page.locator("soglas-consent dialog").getByRole("button", { name: "Refuse all" }).click();
  await page.locator("soglas-reopen button").waitFor();
  expect(changes(without, await looks(page, everything))).toEqual([]);
});
