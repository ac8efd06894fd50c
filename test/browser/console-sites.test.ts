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
  const [element, inline, policy, ...others] = await page.locator("pre").allTextContents();
  expect([element, inline]).toEqual([copied, expect.stringContaining("/s/clinic")]);
  const { origin } = new URL(gateway.address);
  expect(policy).toContain(`Content-Security-Policy: script-src ${origin} https://mc.yandex.ru`);
  // Under the Russian profile no page loads Tag Manager: these three are the last.
  expect(others).toEqual([
    expect.stringContaining('<script nonce="{random}" '),
    expect.stringContaining("script-src 'nonce-{random}'"),
    expect.stringContaining("trusted-types soglas"),
  ]);
  await look();
});

const problems = () => page.locator(".problem-list button").allTextContents();
const checked = (text: string) => page.getByText(text, { exact: true }).waitFor();

test("edit: what is wrong stands at its field, nothing is lost on reload, and what is published is served", async () => {
  await open("Edit");
  await checked("Nothing is wrong.");
  await checked("Nothing changed for visitors.");
  const publishing = page.getByRole("button", { name: "Publish", exact: true });
  expect(await publishing.getAttribute("aria-disabled")).toBe("true");

  const contact = page.getByLabel("Contact", { exact: true });
  await contact.fill("x");
  await checked("1 problem");
  expect(await problems()).toEqual(["site.json: controller.contact"]);
  const message = await contact.evaluate((field) => {
    const id = field.getAttribute("aria-describedby")!;
    return document.getElementById(id)!.textContent;
  });
  expect(message).toContain("at least 3 characters");
  expect(await contact.getAttribute("aria-invalid")).toBe("true");

  await page.reload();
  await expect.poll(() => contact.inputValue()).toBe("x");
  // A problem is a way to its field, wherever that is folded away.
  await page.getByText("Validity and retention").click();
  await page.getByLabel("A grant is valid for, days").fill("0");
  await page.getByText("Validity and retention").click();
  await page.getByRole("button", { name: "site.json: validity.grantDays" }).click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.id))
    .toBe("field-validity.grantDays");
  await page.getByLabel("A grant is valid for, days").fill("200");
  await contact.fill("privacy@clinic.example");
  await checked("Nothing is wrong.");
  await page.getByText("Visitors who have decided are not asked again.").waitFor();

  // The real widget, on its stage.
  await page.getByRole("button", { name: "Show what visitors will see" }).click();
  const stage = page.frameLocator("iframe").locator("soglas-consent [part~=banner]");
  await stage.waitFor({ timeout: 10_000 });

  // Everything at once that there is to look at: a folded-out list, a problem, the stage.
  await page.getByText("Services", { exact: true }).click();
  await contact.fill("x");
  await checked("1 problem");
  await look();
  await contact.fill("privacy@clinic.example");

  // Another recipient asks visitors again, and a typed word is wanted.
  await page.getByLabel("Recipient", { exact: true }).first().fill("Third Ltd");
  await page.locator(".asks-again li").waitFor();
  expect(await publishing.getAttribute("aria-disabled")).toBe("true");
  await page.getByLabel(/^Type PUBLISH/).fill("publish");
  await expect.poll(() => publishing.getAttribute("aria-disabled")).toBe("false");
  await publishing.click();
  await page.getByText(/^Published\. It counts from/).waitFor();

  const served = await gateway.app.request("/s/clinic.js");
  const { site, hash } = (await gateway.sites.effective("clinic"))!;
  expect(await served.text()).toContain(hash);
  expect(site.services[0]!.recipient.name).toBe("Third Ltd");
  expect(site.validity.grantDays).toBe(200);
  expect(site.controller.contact).toBe("privacy@clinic.example");
  await page.getByRole("button", { name: "Go on editing" }).click();
  await checked("Nothing changed for visitors.");
});

test("documents as files; a version published meanwhile is met, and nothing of the draft is lost", async () => {
  await open("Edit");
  await checked("Nothing is wrong.");
  await page.getByRole("button", { name: "Files", exact: true }).click();
  await page.getByLabel("File", { exact: true }).selectOption("consent/en.md");
  const text = page.getByLabel("consent/en.md");
  const before = await text.inputValue();
  await text.fill("No heading");
  await checked("1 problem");
  expect(await problems()).toEqual(["consent/en.md"]);
  await text.fill(`${before}\n\nOne more sentence.\n`);
  await page.locator(".passage.added").getByText("One more sentence.").waitFor();
  await look();

  await publish((files) => {
    files["policy/en.md"] += "\n\nAnother officer's words.\n";
  }, 0);
  await page.getByLabel(/^Type PUBLISH/).fill("PUBLISH");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Another version was published meanwhile", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Load it, and keep my changes" }).click();
  await page.getByText("Another version was published since this draft was begun.").waitFor();
  await page.getByRole("button", { name: /^Go on/ }).click();
  await checked("Nothing is wrong.");
  await page.getByLabel(/^Type PUBLISH/).fill("PUBLISH");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText(/^Published\. It counts from/).waitFor();
  const { version } = (await gateway.sites.effective("clinic"))!;
  const files = (await gateway.history.version("clinic", version))!.files;
  expect(files["consent/en.md"]).toContain("One more sentence.");
  expect(files["policy/en.md"]).toContain("Another officer's words.");
});

test("who may not publish drafts all the same, and is told; a gateway that is away is said", async () => {
  const { key } = await gateway.key("auditor");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, key);
  await link("Rodnik Clinic").waitFor();
  await open("Edit");
  await page.getByText("Your role may draft and check. Only owners publish.").waitFor();
  expect(await page.getByRole("button", { name: "Publish", exact: true }).count()).toBe(0);
  gateway.setAway(true);
  await page.getByLabel("Contact", { exact: true }).fill("another@clinic.example");
  await page.getByText("The gateway cannot be reached").first().waitFor();
  gateway.setAway(false);
  await page.getByLabel("Contact", { exact: true }).fill("one@clinic.example");
  await checked("Nothing is wrong.");
});
