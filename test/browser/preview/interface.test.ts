/** What only a real browser can show of the built interface: sizes, colours, focus, and what axe finds. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InterfaceConfig } from "../../../gateway/contract/widget.ts";
import { launchChromium } from "../chromium.ts";
import { servePage } from "./page.ts";
import { en, ru } from "./samples.ts";

let browser: Browser;
let axe: string;
beforeAll(async () => {
  browser = await launchChromium();
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});
afterAll(() => browser.close());

type PageOptions = Parameters<Browser["newPage"]>[0];

/** Opens the page with the banner shown; complaints of the content security policy end up in `complaints`. */
async function visit(
  config: InterfaceConfig,
  run: (page: Page, complaints: string[]) => Promise<void>,
  options: PageOptions = {},
): Promise<void> {
  const served = await servePage(config);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    await page.goto(served.url);
    await run(page, complaints);
  } finally {
    await page.close();
    served.close();
  }
}

const expand = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector("soglas-consent")!.shadowRoot!;
    for (const details of root.querySelectorAll("details")) details.open = true;
  });

const focused = (page: Page) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    return (outer?.shadowRoot?.activeElement ?? outer)?.textContent;
  });

describe.each([1280, 360, 320])("at a width of %i pixels", (width) => {
  it("refusing is as visible as accepting: one size, one look; and every control is at least 44 pixels high", () =>
    visit(
      ru,
      async (page) => {
        const boxes = await Promise.all(
          (await page.locator("[part~=banner] [part=button]").all()).map((button) =>
            button.boundingBox(),
          ),
        );
        expect(boxes).toHaveLength(3);
        expect(
          new Set(boxes.map((box) => `${box?.width.toFixed(1)} × ${box?.height.toFixed(1)}`)).size,
        ).toBe(1);
        const looks = await page.locator("[part~=banner] [part=button]").evaluateAll((buttons) =>
          buttons.map((button) => {
            const { color, backgroundColor, border, borderRadius, font, opacity } =
              getComputedStyle(button);
            return [color, backgroundColor, border, borderRadius, font, opacity].join();
          }),
        );
        expect(new Set(looks).size).toBe(1);
        await page.getByRole("button", { name: "Выбрать" }).click();
        await expand(page);
        for (const target of await page
          .locator("dialog button, dialog label, dialog summary")
          .all()) {
          const box = await target.boundingBox();
          expect(box!.height, await target.innerText()).toBeGreaterThanOrEqual(44);
        }
      },
      { viewport: { width, height: 740 } },
    ));

  it("nothing is wider than the window", () =>
    visit(
      ru,
      async (page) => {
        await page.getByRole("button", { name: "Выбрать" }).click();
        const overflow = await page
          .locator("dialog [part=body]")
          .evaluate((body) => body.scrollWidth - body.clientWidth);
        expect(overflow).toBe(0);
        const box = await page.locator("dialog").boundingBox();
        expect(box!.x).toBeGreaterThanOrEqual(0);
        expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      },
      { viewport: { width, height: 740 } },
    ));
});

describe("the keyboard", () => {
  it("is not trapped: it stays with the page when the banner appears, and walks in and out of it", () =>
    visit(en, async (page) => {
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
      expect(await page.locator("[aria-modal], dialog").count()).toBe(0);
      await page.locator("input[name=phone]").focus();
      const passed: (string | null | undefined)[] = [];
      for (let n = 0; n < 7; n += 1) {
        await page.keyboard.press("Tab");
        passed.push(await focused(page));
      }
      expect(passed).toEqual(expect.arrayContaining(["Accept all", "Refuse all", "Choose"]));
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("SOGLAS-CONSENT");
    }));

  it("opens preferences from the banner; Esc closes them, decides nothing and returns to the button", () =>
    visit(en, async (page) => {
      await page.getByRole("button", { name: "Choose" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("switch").first().press("Space");
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
      expect(await focused(page)).toBe("Choose");
      expect(await page.evaluate("preview.decided")).toEqual([]);
    }));

  it("opens preferences from the page; saving returns to what opened them", () =>
    visit(en, async (page) => {
      await page.getByRole("button", { name: "Refuse all" }).click();
      await page.locator("#reopen").focus();
      await page.keyboard.press("Enter");
      await page.getByRole("switch").last().press("Space");
      await page.getByRole("button", { name: "Save choice" }).press("Enter");
      await page.locator("dialog").waitFor({ state: "detached" });
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("reopen");
      // Hidden first, decided in the next task.
      await expect
        .poll(() => page.evaluate("preview.decided[1]?.choice"))
        .toEqual({ analytics: false, reminders: true, metrika: false, ga4: false });
    }));

  it.each(["bar", "dialog"] as const)(
    "is never under the banner (%s), to the last link of a long page and back (WCAG 2.4.11)",
    (placement) =>
      visit({ ...en, look: { ...en.look, placement } }, async (page) => {
        const links = 24;
        await page.evaluate((count) => {
          const list = document.createElement("main");
          for (let index = 0; index < count; index += 1) {
            const link = document.createElement("a");
            link.href = `#${index}`;
            link.textContent = `Link ${index}, as wide as the page`;
            link.className = "long";
            link.style.cssText = "display:block;padding-block:8px";
            list.append(link);
          }
          document.body.append(list);
        }, links);
        /** Of the focused link: its text, and whether its middle can be seen. */
        const seen = () =>
          page.evaluate(() => {
            const link = document.activeElement!;
            const { left, top, width, height } = link.getBoundingClientRect();
            const at = document.elementFromPoint(left + width / 2, top + height / 2);
            return at === link ? "seen" : `${link.textContent} is under ${at?.tagName}`;
          });
        await page.locator("a.long").first().focus();
        const steps = Array.from({ length: links - 1 }, () => "Tab");
        for (const key of [...steps, ...steps.map(() => "Shift+Tab")]) {
          await page.keyboard.press(key);
          expect(await seen()).toBe("seen");
        }
        await page.getByRole("button", { name: "Refuse all" }).click();
      }),
  );

  it("shows where it is", () =>
    visit(en, async (page) => {
      await page.getByRole("button", { name: "Accept all" }).focus();
      await page.keyboard.press("Tab");
      const outline = await page
        .getByRole("button", { name: "Refuse all" })
        .evaluate((button) => getComputedStyle(button).outline);
      expect(outline).toMatch(/solid 3px$/);
    }));
});

it("the page does not move when the banner comes and goes", () =>
  visit(en, async (page) => {
    await page.getByRole("button", { name: "Accept all" }).click();
    await page.evaluate("preview.handle.show('banner')");
    const shift = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          new PerformanceObserver((list) => {
            done(
              list
                .getEntries()
                .reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0),
            );
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(0), 300);
        }),
    );
    expect(shift).toBe(0);
  }));

it("printing leaves it out", () =>
  visit(en, async (page) => {
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button", { name: "Accept all" }).isVisible()).toBe(false);
  }));

/** Draws the colour and reads it back, since computed colours keep the notation they were written in. */
const contrastOfLink = (page: Page) =>
  page
    .locator("[part=links] a")
    .first()
    .evaluate((link) => {
      const context = document
        .createElement("canvas")
        .getContext("2d", { willReadFrequently: true })!;
      const luminance = (colour: string) => {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((byte) =>
          byte > 10 ? ((byte / 255 + 0.055) / 1.055) ** 2.4 : byte / 3294.6,
        ) as [number, number, number];
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const service = link.getRootNode() as ShadowRoot;
      const soft = document.createElement("div");
      soft.setAttribute("part", "service");
      service.querySelector("[data-theme]")!.append(soft);
      const [low, high] = [
        luminance(getComputedStyle(link).color),
        luminance(getComputedStyle(soft).backgroundColor),
      ].toSorted((a, b) => a - b) as [number, number];
      soft.remove();
      return (high + 0.05) / (low + 0.05);
    });

describe.each(["light", "dark"] as const)(
  "any accent of the owner can be read on a %s ground",
  (colorScheme) => {
    const channels = ["00", "80", "ff"];
    const accents = channels.flatMap((r) =>
      channels.flatMap((g) => channels.map((b) => `#${r}${g}${b}`)),
    );
    it("at 4.5 : 1 or more", () =>
      visit({ ...en, look: { ...en.look, theme: colorScheme } }, async (page) => {
        for (const accent of accents) {
          await page.evaluate((accent) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`[data-theme]{--own:${accent}}`);
            const root = document.querySelector("soglas-consent")!.shadowRoot!;
            root.adoptedStyleSheets = [root.adoptedStyleSheets[0]!, sheet];
          }, accent);
          expect(await contrastOfLink(page), accent).toBeGreaterThanOrEqual(4.5);
        }
      }));
  },
);

const reach: Record<string, (page: Page) => Promise<void>> = {
  "the banner": async () => {},
  preferences: (page) => page.locator("[part=actions] button").last().click(),
  "my choices": async (page) => {
    await page.locator("[part=actions] button").first().click();
    await page.locator("#reopen").click();
  },
};

it("nothing moves: no animation and no transition in any state, reduced motion or not", () =>
  visit(en, async (page) => {
    /** Of every element and what is drawn before, after and behind it: what would move. */
    const moving = () =>
      page.evaluate(() => {
        const root = document.querySelector("soglas-consent")!.shadowRoot!;
        const styled = [root.host, ...root.querySelectorAll("*")].flatMap((element) =>
          ["", "::before", "::after", "::backdrop"].map((pseudo) => {
            const style = getComputedStyle(element, pseudo);
            return `${style.animationName} ${style.transitionDuration}`;
          }),
        );
        return { styles: [...new Set(styled)], running: root.getAnimations().length };
      });
    for (const reducedMotion of ["reduce", "no-preference"] as const) {
      await page.emulateMedia({ reducedMotion });
      await page.evaluate("preview.handle.show('banner')");
      for (const step of Object.values(reach)) {
        await step(page);
        await expand(page);
        expect(await moving()).toEqual({ styles: ["none 0s"], running: 0 });
        await page.keyboard.press("Escape");
      }
    }
  }));

describe.each(Object.keys(reach))("axe finds nothing wrong in %s", (state) => {
  it.each([
    ["Russian, light", ru, { colorScheme: "light" }],
    ["English, dark", en, { colorScheme: "dark" }],
    [
      "right to left, narrow",
      { ...en, direction: "rtl" as const },
      { viewport: { width: 320, height: 256 } },
    ],
    ["forced colours", ru, { forcedColors: "active" }],
  ] satisfies [string, InterfaceConfig, PageOptions][])("%s", (_, config, options) =>
    visit(
      config,
      async (page, complaints) => {
        await reach[state]!(page);
        await expand(page);
        await page.evaluate(axe);
        const { violations, passes } = await page.evaluate(() =>
          (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
        );
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        ).toEqual([]);
        expect(passes.map(({ id }) => id)).toContain("button-name");
        // The page's policy allows no inline script or style, and no text to become markup.
        expect(complaints).toEqual([]);
      },
      options,
    ),
  );
});
