/**
 * A site's versions in the built console: what was in force when, what changed, editing and publishing, the
 * tag. One gateway, one sign-in; each page is looked at by axe in both themes and both languages.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { siteTexts } from "../staff/installation.ts";
import { launchChromium } from "./chromium.ts";
import { faults, openConsoleGateway, signIn, type ConsoleGateway } from "./console-page.ts";

const day = 86_400_000;

let browser: Browser;
let gateway: ConsoleGateway;
let page: Page;
let start: number;
const errors: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  start = Math.floor(Date.now() / 60_000) * 60_000 - 40 * day;
  gateway = await openConsoleGateway(start, ["clinic"]);
  const key = (await gateway.staff.keys.ensureFirstKey())!;
  gateway.clock.advance(5 * day);
  await publish((files) => {
    files["policy/en.md"] = files["policy/en.md"]!.replace(
      /^(.*\d.*)$/m,
      "$1 We also work with a payment provider.",
    );
    files["policy/en.md"] +=
      "\n\n## Payments\n\nA payment provider receives what a payment needs.\n";
    const site = JSON.parse(files["site.json"]!);
    site.services[0].recipient.name = "Another Ltd";
    site.validity.grantDays = 180;
    files["site.json"] = JSON.stringify(site, null, 2);
  }, 30);
  gateway.clock.advance(35 * day);

  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) errors.push(message.text());
  });
  await page.goto(gateway.address);
  await signIn(page, key);
  await page.getByRole("link", { name: "Rodnik Clinic", exact: true }).waitFor();
});

afterAll(async () => {
  await browser.close();
  await gateway.close();
});

/** Publishes the demo's clinic, changed, announced so many days before. */
async function publish(change: (files: Record<string, string>) => void, days: number) {
  const files = await siteTexts("clinic");
  change(files);
  const encoder = new TextEncoder();
  await gateway.sites.publish(
    new Map(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)])),
    { effectiveAt: gateway.clock.now() + days * day },
  );
}

async function look(): Promise<void> {
  expect(await faults(page)).toEqual({});
  expect(errors).toEqual([]);
}

const link = (name: string | RegExp) => page.getByRole("link", { name, exact: true }).first();
const open = async (name: string) => {
  await page.goto(`${gateway.address}#/`);
  await link("Rodnik Clinic").click();
  await link(name).click();
};

test("which text was in force on a day, and how long the next one was announced: three clicks", async () => {
  await open("Versions");
  const table = page.getByRole("table", { name: "Versions" });
  await table.waitFor();
  await expect.poll(() => table.locator("tbody tr").count()).toBe(2);
  expect(await table.locator("tbody tr").first().textContent()).toContain(
    "announced 30 days before",
  );
  const moment = new Date(start + 20 * day).toISOString().slice(0, 16);
  await page.getByLabel("In force on").fill(moment);
  await page.getByRole("button", { name: "Show" }).click();
  const answer = page.getByRole("region", { name: /^In force on/ });
  await answer.waitFor();
  const then = (await gateway.storage.main.read
    .selectFrom("timeline")
    .select("version")
    .orderBy("id")
    .executeTakeFirstOrThrow())!.version;
  expect(await answer.textContent()).toContain(then);
  const policy = answer.getByRole("link", { name: "Policy", exact: true });
  const address = new URL((await policy.getAttribute("href"))!, gateway.address);
  expect(address.pathname).toBe(`/p/clinic/policy/${then}`);
  await look();
});

test("what changed between two versions: why visitors are asked again, fields in words, words of documents", async () => {
  await open("Versions");
  await link("What changed").click();
  const difference = page.getByRole("region", { name: /^What changed between/ });
  await difference.getByText("Visitors who have decided are asked again").waitFor();
  expect(await difference.locator(".asks-again li").allTextContents()).toEqual([
    "a service, its recipient or what it stores: Yandex.Metrika: script in the page",
  ]);
  const changes = await difference.locator(".changes > div").allTextContents();
  expect(changes).toEqual([
    "A grant is valid for, dayswas: 365is: 180",
    "Recipientwas: ООО «ЯНДЕКС»is: Another Ltd",
  ]);
  expect(await difference.locator(".passage.added ins").allTextContents()).toEqual([
    "Added: ## Payments",
    "Added: A payment provider receives what a payment needs.",
  ]);
  expect(await difference.locator(".passage.changed ins").allTextContents()).toEqual([
    "Added:  We also work with a payment provider.",
  ]);
  expect(await difference.locator(".passage.removed").count()).toBe(0);
  await look();
  await link("Close the comparison").click();
  await difference.waitFor({ state: "detached" });
});

test("the tag to paste, with what a page must allow for it", async () => {
  await open("Tag");
  await page.getByRole("heading", { name: "Paste this into every page" }).waitFor();
  await page.getByRole("button", { name: "Copy: Paste this into every page" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(
    `<script async src="${new URL("/s/clinic.js", gateway.address).href}"></script>`,
  );
  const shown = await page.locator("pre").allTextContents();
  const { origin } = new URL(gateway.address);
  expect(shown[1]).toContain(`Content-Security-Policy: script-src ${origin} https://mc.yandex.ru`);
  expect(shown[3]).toContain("script-src 'nonce-{random}'");
  expect(shown[4]).toContain("trusted-types soglas");
  // Under the Russian profile no page loads Tag Manager.
  expect(shown).toHaveLength(5);
  await look();
});
