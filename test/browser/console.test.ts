/** The compliance officer's way through the built console, in Chromium. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatAddress } from "../../gateway/console/address.ts";
import { localTime, utcTime } from "../../gateway/console/format.ts";
import type { Appended } from "../../gateway/log/log.ts";
import { launchChromium } from "./chromium.ts";
import { faults, openConsoleGateway, signIn, type ConsoleGateway } from "./console-page.ts";

const timezoneId = "Asia/Yekaterinburg";
const unknownKey = `soglas_0123456789abcdef_${"A".repeat(43)}`;

let browser: Browser;
let gateway: ConsoleGateway;
let key: string;
let granted: Appended;

beforeAll(async () => {
  browser = await launchChromium();
  gateway = await openConsoleGateway(Date.now() - 3_600_000);
  key = (await gateway.staff.keys.ensureFirstKey())!;
  for (let n = 0; n < 55; n += 1) {
    gateway.clock.advance(10_000);
    await gateway.decide("clinic");
  }
  gateway.clock.advance(10_000);
  const { site } = (await gateway.sites.effective("clinic"))!;
  const asked = site.purposes.filter(({ essential }) => !essential);
  granted = await gateway.decide(
    "clinic",
    {
      action: "change",
      place: "preferences",
      control: "accept-all",
      time: Math.floor(gateway.clock.now() / 1000) - 7200,
      purposes: Object.fromEntries(asked.map(({ id }) => [id, "granted" as const])),
      services: Object.fromEntries(site.services.map(({ id }) => [id, "granted" as const])),
      documents: ["consent"],
    },
    { browser: "Safari 26", device: "mobile" },
  );
});

afterAll(async () => {
  await browser.close();
  await gateway.close();
});

/** Runs a test in a page of its own, and fails when the page reports an error or asks anybody else. */
async function inConsole(options: BrowserContextOptions, work: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId, ...options });
  const errors: string[] = [];
  const asked = new Set<string>();
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) errors.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:") asked.add(origin);
  });
  try {
    await page.goto(gateway.address);
    await page.getByRole("heading", { name: /Sign in|Вход/ }).waitFor();
    await work(page);
    expect(errors).toEqual([]);
    expect([...asked]).toEqual([new URL(gateway.address).origin]);
  } finally {
    await context.close();
  }
}

const openRecords = async (page: Page) => {
  await signIn(page, key);
  await page.getByRole("link", { name: "Rodnik Clinic", exact: true }).click();
  await page.getByRole("table").waitFor();
};

test("from signing in to the details of a decision, and out again", async () => {
  await inConsole({}, async (page) => {
    await openRecords(page);
    const rows = page.locator("tbody tr");
    expect(await rows.count()).toBe(50);
    const first = rows.first();
    const local = localTime(granted.time, "en", timezoneId);
    expect(await first.locator("time").textContent()).toBe(local);
    expect(await first.locator("time").getAttribute("title")).toBe(utcTime(granted.time));
    const shown = await first.innerText();
    for (const part of ["late", "Change", "Granted", "Visit statistics", "Safari 26", "phone"])
      expect(shown).toContain(part);
    expect(shown).not.toContain("Refused");
    expect(await rows.nth(1).innerText()).toContain("Refused");

    await page.getByRole("button", { name: "Show earlier" }).click();
    await page.getByText("This is the first decision of this site.").waitFor();
    expect(await rows.count()).toBe(56);

    await first.getByRole("link").click();
    const panel = page.getByRole("dialog");
    await panel.getByText("What was chosen").waitFor();
    const details = await panel.innerText();
    const config = (await gateway.sites.effective("clinic"))!;
    for (const part of [
      granted.recordId,
      granted.origin,
      config.hash,
      config.version,
      config.policyHash,
      config.consentHash,
      "consent document",
      "received 2 hours later",
      utcTime(granted.time),
    ])
      expect(details).toContain(part);
    expect(new URL(page.url()).hash).toBe(
      formatAddress({ page: "records", site: "clinic", record: granted.recordId, query: {} }),
    );

    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await first.getByRole("link").evaluate((link) => link === document.activeElement)).toBe(
      true,
    );

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
  });
});

test("a link to a record leads to it after signing in", async () => {
  await inConsole({}, async (page) => {
    const address = {
      page: "records",
      site: "clinic",
      record: granted.recordId,
      query: {},
    } as const;
    await page.goto(gateway.address + formatAddress(address));
    await signIn(page, key);
    await page.getByRole("dialog").getByText(granted.recordId).waitFor();
  });
});

test("a hash is copied whole", async () => {
  await inConsole({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await openRecords(page);
    await page.locator("tbody tr").first().getByRole("link").click();
    await page.getByRole("button", { name: "Copy: Record" }).click();
    await page.getByRole("button", { name: "Copied: Record" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(granted.recordId);
  });
});

test("keys that do not count are refused with what to do", async () => {
  const backend = await gateway.staff.keys.create({
    label: "shop",
    role: "backend",
    site: null,
    expiresAt: null,
  });
  await inConsole({}, async (page) => {
    const problem = page.locator("#key-problem");
    for (const [wrong, text] of [
      ["", "Enter an access key."],
      ["soglas_cut", "not a complete access key"],
      [unknownKey, "does not count here"],
      [backend.key, "cannot open the console"],
    ] as const) {
      await signIn(page, wrong);
      await problem.getByText(text).waitFor();
      expect(await page.locator("#key").getAttribute("aria-invalid")).toBe("true");
    }
    expect(await page.context().cookies()).toEqual([]);
  });
});

test("a new decision appears on refreshing; a session that ended asks for the key again", async () => {
  const { id, key: own } = await gateway.staff.keys.create({
    label: "Auditor",
    role: "auditor",
    site: "clinic-eu",
    expiresAt: null,
  });
  await inConsole({}, async (page) => {
    await signIn(page, own);
    await page.getByRole("link", { name: "Rodnik Clinic Europe" }).click();
    await page.getByText("No decision has been recorded yet").waitFor();
    await gateway.decide("clinic-eu");
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByRole("table").waitFor();

    gateway.setAway(true);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByRole("alert").getByText("The gateway cannot be reached").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(1);
    gateway.setAway(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });

    await page.goto(`${gateway.address}#/clinic`);
    await page.getByText("your access key does not cover it").waitFor();

    await gateway.staff.keys.revoke(id);
    await page.goto(`${gateway.address}#/clinic-eu`);
    await page.getByText("Your session has ended").waitFor();
  });
});

test("the whole way by keyboard", async () => {
  await inConsole({}, async (page) => {
    const press = async (pressed: string, times = 1) => {
      for (let n = 0; n < times; n += 1) await page.keyboard.press(pressed);
    };
    expect(await page.locator("#key").evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    await page.keyboard.insertText(key);
    await press("Enter");
    await page.getByRole("link", { name: "Rodnik Clinic", exact: true }).focus();
    await press("Enter");
    await page.getByRole("table").waitFor();
    await page.getByRole("button", { name: "Refresh" }).focus();
    await press("Tab");
    await press("Enter");
    await page.getByRole("dialog").getByText("What was chosen").waitFor();
    expect(
      await page.evaluate(() => document.activeElement?.closest("dialog") !== null),
      "the focus is in the panel",
    ).toBe(true);
    await press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
});

test("every state is accessible and fits, in both themes and languages", async () => {
  await inConsole({}, async (page) => {
    const found: Record<string, unknown> = {};
    const look = async (state: string) => {
      const wrong = await faults(page);
      if (Object.keys(wrong).length > 0) found[state] = wrong;
    };
    await look("sign-in");
    await signIn(page, unknownKey);
    await page.locator("#key-problem").waitFor();
    await look("refused key");
    await signIn(page, key);
    await page.locator(".site").first().waitFor();
    await look("sites");
    await page.goto(`${gateway.address}#/clinic`);
    await page.locator("tbody tr").first().waitFor();
    await page.context().setOffline(true);
    await page.locator(".banner").waitFor();
    await look("offline");
    await page.context().setOffline(false);
    await page.locator(".banner").waitFor({ state: "detached" });
    await page.goto(`${gateway.address}#/nowhere`);
    await page.getByRole("alert").waitFor();
    await look("nothing there");
    gateway.setAway(true);
    try {
      await page.goto(`${gateway.address}#/`);
      await page.getByRole("alert").waitFor();
      await look("gateway away");
    } finally {
      gateway.setAway(false);
    }
    expect(found).toEqual({});
  });
});
