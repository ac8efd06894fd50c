/** The built verifier page in Chromium: a stranger's receipt, checked without a word to anybody else. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeLog, type Files } from "../verify/reference/log.ts";
import { consentEntry } from "../verify/reference/entries.ts";
import {
  allOpenings,
  decision,
  entriesWithRecord,
  log,
  opened,
  receiptOf,
  recordIndex,
  subject,
  witness,
} from "../verify/reference/receipt.ts";
import { checkpoint, checkpointText, cosignatureLine } from "../verify/reference/note.ts";
import { leavesOf, treeHash } from "../verify/reference/tree.ts";
import { launchChromium } from "./chromium.ts";
import { axeViolations } from "./console-page.ts";

const built = join(import.meta.dirname, "../../dist/verify");
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

const entries = entriesWithRecord(300);
const receipt = receiptOf(entries.slice(0, 200), recordIndex, { extra: allOpenings });

let server: Server;
let browser: Browser;
let folder: string;
/** What the gateway beside the page serves as the log of the site `clinic`. */
let served: Files;
/** Every path the page asked for. */
let asked: string[];
const pages: Page[] = [];

beforeAll(async () => {
  if (!existsSync(join(built, "index.html"))) throw new Error("run `npm run build` first");
  folder = await mkdtemp(join(tmpdir(), "soglas-verify-page-"));
  browser = await launchChromium();
  server = createServer(async (request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const logFile = served.get(path.replace("/gate/log/clinic/2026/", ""));
    if (logFile !== undefined) return void response.end(logFile);
    const name = path === "/gate/verify/" ? "index.html" : path.replace("/gate/verify/", "");
    const file = join(built, name);
    if (!path.startsWith("/gate/verify/") || !existsSync(file))
      return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(name)] ?? "" });
    response.end(await readFile(file));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});

afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

async function open(hash = "", options: BrowserContextOptions = {}): Promise<Page> {
  served = writeLog(entries, log);
  asked = [];
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  pages.push(page);
  page.on("pageerror", (error) => {
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/gate/verify/${hash}`);
  return page;
}

const verdict = (page: Page) => page.locator(".verdict h2");
const result = (page: Page) => page.locator("#result");

async function expectText(page: Page, text: string): Promise<void> {
  await result(page).getByText(text, { exact: false }).first().waitFor();
}

describe("the verifier page", () => {
  it("checks a pasted receipt with a typed key, and tells nobody", async () => {
    const page = await open();
    const before = asked.length;
    await page.getByLabel("Receipt", { exact: true }).fill(receipt);
    await expectText(page, "A key is needed");
    await expectText(page, log.name);
    await page.getByLabel("Key of the log").fill(log.verifierKey);
    await expectText(page, "stands in the log example.com/soglas/2026 as entry 5");
    for (const text of ["First decision", "marketing", "ga4", "/врачи", "No witness was asked"])
      await expectText(page, text);
    expect(asked.length).toBe(before);
  });

  it("checks a chosen file with the gateway's key, says so, and compares with the log", async () => {
    const file = join(folder, "my.tlog-proof");
    await writeFile(file, receipt);
    const page = await open("#site=clinic");
    await page.locator("#file").setInputFiles(file);
    await expectText(page, "with 300 entries, still holds what the receipt shows");
    expect(await page.locator("#key-note").innerText()).toContain("comes from the gateway itself");
    expect(asked).toContain("/gate/log/clinic/2026/log.json");
    await page.getByLabel("Key of the log").fill(log.verifierKey);
    await page.locator("#key-note").waitFor({ state: "hidden" });
  });

  it("says what a witness saw and when, and what is only said of witnesses", async () => {
    const { t } = JSON.parse(entries[recordIndex]!.toString()) as { t: number };
    const cosigned = (size: number, time: number) => {
      const text = checkpointText(log.name, size, treeHash(leavesOf(entries.slice(0, size))));
      return cosignatureLine(text, witness, time);
    };
    const root = treeHash(leavesOf(entries.slice(0, recordIndex)));
    const operator = { operator: "Example e.V.", relation: "independent" };
    const text = receiptOf(entries.slice(0, 200), recordIndex, {
      lines: [cosigned(200, t + 8)],
      extra: {
        earlier: checkpoint(log, recordIndex, root, cosigned(recordIndex, t - 4000)),
        witnesses: [
          { key: witness.verifierKey, ...operator },
          { key: "w2.example+00000000+BA", ...operator, relation: "own" },
        ],
      },
    });
    const page = await open("", { viewport: { width: 360, height: 740 } });
    await page.getByLabel("Key of the log").fill(log.verifierKey);
    await page.getByLabel("Receipt", { exact: true }).fill(text);
    await expectText(page, "No witness was asked");
    await page.getByText("Keys of witnesses").click();
    await page.locator("#witnesses").fill(witness.verifierKey);
    await expectText(page, "saw it only grow until then");
    await expectText(page, "By the clocks of witnesses the record got into the log after");
    await expectText(page, "Only the receipt says so: witness.example/w1 is run by Example e.V.");
    await expectText(page, "What the witness w2.example signed was not checked");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.getByRole("button", { name: "Русский" }).click();
    await expectText(page, "По часам свидетелей запись попала в журнал");
  });

  it("keeps the receipt as evidence against a log that was rewritten", async () => {
    const page = await open();
    served = writeLog(entries.with(7, entries[8]!), log);
    await page.getByLabel("Key of the log").fill(log.verifierKey);
    await page.getByLabel("or ask this gateway").fill("clinic");
    await page.getByLabel("Receipt", { exact: true }).fill(receipt);
    await expectText(page, "Keep the receipt: it is the evidence");
    expect(await verdict(page).innerText()).toBe("Not verified");
  });

  it("refuses a changed receipt, and a clear starts anew", async () => {
    const page = await open();
    await page.getByLabel("Key of the log").fill(log.verifierKey);
    await page.getByLabel("Receipt", { exact: true }).fill(receipt.replace("index 5", "index 4"));
    await expectText(page, "not_included");
    await page.getByRole("button", { name: "Clear" }).click();
    await verdict(page).waitFor({ state: "detached" });
    expect(await page.getByLabel("Receipt", { exact: true }).inputValue()).toBe("");
  });

  it("shows a record's words as words, never as markup", async () => {
    const origin = "<img src=x onerror=alert(1)>";
    const half = { ...decision, text: JSON.stringify({ origin, action: "<b>first</b>" }) };
    const { t } = JSON.parse(entries[recordIndex]!.toString()) as { t: number };
    const nasty = entries.with(recordIndex, consentEntry(t, subject, half));
    const page = await open();
    await page.getByLabel("Key of the log").fill(log.verifierKey);
    const text = receiptOf(nasty, recordIndex, { extra: { decision: opened(half) } });
    await page.getByLabel("Receipt", { exact: true }).fill(text);
    await expectText(page, "<b>first</b>");
    await expectText(page, origin);
    expect(await page.locator("#result img, #result b").count()).toBe(0);
  });

  it.each([
    ["light", "en-GB", "Verified"],
    ["dark", "ru-RU", "Проверено"],
  ] as const)("is accessible and fits 360 pixels, %s, %s", async (colorScheme, locale, word) => {
    const viewport = { width: 360, height: 740 };
    const page = await open("#site=clinic", { colorScheme, locale, viewport });
    expect(await axeViolations(page)).toEqual([]);
    await page.locator("#receipt").fill(receipt);
    await expectText(page, word);
    await page.locator("details").evaluateAll((all) => {
      for (const details of all) details.setAttribute("open", "");
    });
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale.slice(0, 2));
  });

  it("speaks the other language at a click, the result too", async () => {
    const page = await open();
    await page.getByLabel("Key of the log").fill(log.verifierKey);
    await page.getByLabel("Receipt", { exact: true }).fill(receipt);
    await expectText(page, "Verified");
    await page.getByRole("button", { name: "Русский" }).click();
    await expectText(page, "Проверено");
    expect(await page.locator("h1").innerText()).toBe("Проверка квитанции");
  });
});
