/** The built interface in every language: nothing is wider than its place, and each runs in its direction. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { InterfaceConfig } from "../../../gateway/contract/widget.ts";
import { directionOf } from "../../../gateway/policy/languages.ts";
import { countryIn, lengthIn } from "../../../gateway/policy/spelled.ts";
import { languages } from "../../alphabets.ts";
import { launchChromium } from "../chromium.ts";
import { servePage } from "./page.ts";
import { ru } from "./samples.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
afterAll(() => browser.close());

/** The sample with what the gateway writes in the visitor's language; its longest form, with the line on consent. */
const spoken = (language: string): InterfaceConfig => ({
  ...ru,
  language,
  direction: directionOf(language),
  purposes: ru.purposes.map((purpose) => ({
    ...purpose,
    services: purpose.services.map((service) => ({
      ...service,
      recipient: { ...service.recipient, country: countryIn(language, "US"), crossBorder: true },
      stores: service.stores.map((entry) => ({ ...entry, life: lengthIn(language, 150) })),
    })),
  })),
});

/** Elements that hold more than their width, and buttons that are not as large as their neighbours. */
const misfits = () =>
  page.evaluate(() => {
    const root = document.querySelector("soglas-consent")!.shadowRoot!;
    const wide = [...root.querySelectorAll<HTMLElement>("[part=body],[part=body] *,[part=foot] *")]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ tagName, textContent }) => `${tagName}: ${textContent}`);
    const uneven = [...root.querySelectorAll("[part=foot] [part=actions]")]
      .map(({ children }) =>
        [...children].map((button) => {
          const { width, height } = button.getBoundingClientRect();
          return `${width.toFixed(0)} × ${height.toFixed(0)}`;
        }),
      )
      .filter((sizes) => new Set(sizes).size > 1)
      .map(String);
    return [...wide, ...uneven];
  });

/** Where things stand, from the side where reading begins. */
const order = () =>
  page.evaluate(() => {
    const root = document.querySelector("soglas-consent")!.shadowRoot!;
    const left = (selector: string) => root.querySelector(selector)!.getBoundingClientRect().left;
    return {
      title: left("dialog h2") < left("dialog [part=close]") ? "ltr" : "rtl",
      name: left("dialog label [part=name]") < left("dialog [part=switch]") ? "ltr" : "rtl",
      cookie: getComputedStyle(root.querySelector("dialog code")!).direction,
    };
  });

/** What a visitor's own style sheet may do to all text, for good or for a while (WCAG 1.4.12). */
const space = (wide: boolean) =>
  page.evaluate((wide) => {
    const root = document.querySelector("soglas-consent")!.shadowRoot!;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}",
    );
    root.adoptedStyleSheets = [root.adoptedStyleSheets[0]!, ...(wide ? [sheet] : [])];
  }, wide);

/** What is cut off, or lies over its neighbour. */
const hidden = () =>
  page.evaluate(() => {
    const root = document.querySelector("soglas-consent")!.shadowRoot!;
    const drawn = [...root.querySelectorAll<HTMLElement>("h2,h3,p,label,summary,button,b,code")]
      .filter((element) => element.checkVisibility())
      .filter(({ parentElement }) => !parentElement!.closest("p,label,summary,button"));
    const cut = drawn.filter(
      ({ scrollHeight, clientHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 1,
    );
    const over = drawn.filter((element, index) => {
      const next = drawn[index + 1];
      if (!next || next.parentElement !== element.parentElement) return false;
      const [a, b] = [element.getBoundingClientRect(), next.getBoundingClientRect()];
      return (
        a.bottom > b.top + 1 && b.bottom > a.top + 1 && a.right > b.left + 1 && b.right > a.left + 1
      );
    });
    return [...cut, ...over].map(({ tagName, textContent }) => `${tagName}: ${textContent}`);
  });

it.each(languages)(
  "%s fits a phone and a desk, also with text spaced wider (WCAG 1.4.12), and runs in its direction",
  async (language) => {
    const config = spoken(language);
    const served = await servePage(config);
    try {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(served.url);
      expect(await misfits()).toEqual([]);
      await space(true);
      expect([await misfits(), await hidden()]).toEqual([[], []]);
      await space(false);
      await page.locator("[part~=banner] [part=actions] button").last().click();
      await page.evaluate(() => {
        const root = document.querySelector("soglas-consent")!.shadowRoot!;
        for (const details of root.querySelectorAll("details")) details.open = true;
      });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        expect(await misfits(), `${width}`).toEqual([]);
        expect(await order()).toEqual({
          title: config.direction,
          name: config.direction,
          cookie: "ltr",
        });
      }
      await page.setViewportSize({ width: 360, height: 740 });
      await space(true);
      expect([await misfits(), await hidden()]).toEqual([[], []]);
    } finally {
      served.close();
    }
  },
);
