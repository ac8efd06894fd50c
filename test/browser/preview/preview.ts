/**
 * Shows the built interface in every state, so that someone can look at it:
 * `node build.ts && node test/browser/preview/preview.ts <outdir> [name filter]`.
 * Writes one screenshot per state and prints what axe finds and what reached the console.
 */
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import type { InterfaceConfig } from "../../../gateway/contract/widget.ts";
import { launchChromium } from "../chromium.ts";
import { composeInterface, servePage } from "./page.ts";
import { en, ru } from "./samples.ts";

const [outdir, filter = ""] = process.argv.slice(2);
if (!outdir) throw new Error("usage: node test/browser/preview/preview.ts <outdir> [name filter]");

type Step = (page: Page) => Promise<unknown>;

const choose: Step = (page) => page.locator("[part~=banner] button").nth(2).click();
const expand: Step = (page) =>
  page.evaluate(() => {
    const root = document.querySelector("soglas-consent")?.shadowRoot;
    for (const details of root?.querySelectorAll("details") ?? []) details.open = true;
  });
const partly: Step = async (page) => {
  await choose(page);
  await page.locator("[part~=purpose] summary").first().click();
  await page.getByRole("switch").nth(1).click();
};
const decided: Step = async (page) => {
  await page.locator("[part~=banner] button").first().click();
  await page.locator("#reopen").click();
  await page.getByRole("switch").first().click();
  // Taking Metrika back leaves a cookie that no page can remove: the preferences say so, and stay.
  await page.locator("dialog [part~=foot] button").nth(2).click();
  await page.locator("[part~=mine]").scrollIntoViewIfNeeded();
};

const states: Record<string, Step> = {
  banner: async () => {},
  "banner-points": expand,
  preferences: choose,
  "preferences-partly": partly,
  "preferences-expanded": async (page) => {
    await choose(page);
    await expand(page);
  },
  mine: decided,
};

const sizes: Record<string, [width: number, height: number]> = {
  wide: [1280, 800],
  narrow: [360, 740],
  zoomed: [320, 256],
};

const look = (config: InterfaceConfig, placement: "box" | "bar" | "dialog"): InterfaceConfig => ({
  ...config,
  look: { ...config.look, placement },
});
const rtl: InterfaceConfig = { ...en, direction: "rtl" };
const configs: Record<string, InterfaceConfig> = {
  ru,
  en,
  rtl,
  "ru-bar": look(ru, "bar"),
  "en-dialog": look(en, "dialog"),
};

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(outdir, { recursive: true });
const browser = await launchChromium();
let problems = 0;

try {
  for (const [name, config] of Object.entries(configs)) {
    console.log(
      `${name}: ${brotliCompressSync(await composeInterface(config)).length} bytes (brotli 11)`,
    );
    const served = await servePage(config);
    for (const [size, [width, height]] of Object.entries(sizes)) {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const [state, reach] of Object.entries(states)) {
          const shot = `${name}-${state}-${size}-${colorScheme}`;
          if (!shot.includes(filter)) continue;
          const page = await browser.newPage({ viewport: { width, height }, colorScheme });
          page.on("console", (message) => {
            problems += 1;
            console.log(`${shot}: ${message.text()}`);
          });
          page.on("pageerror", (error) => {
            problems += 1;
            console.log(`${shot}: ${error.message}`);
          });
          await page.goto(served.url);
          await reach(page);
          await page.screenshot({ path: join(outdir, `${shot}.png`) });
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() =>
            (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
          );
          for (const { id, help, nodes } of violations) {
            problems += 1;
            console.log(
              `${shot}: axe ${id}: ${help}: ${nodes.map(({ target }) => String(target)).join(" | ")}`,
            );
          }
          await page.close();
        }
      }
    }
    served.close();
  }
} finally {
  await browser.close();
}
console.log(problems ? `${problems} problems` : "no problems");
process.exitCode = problems ? 1 : 0;
