/**
 * What compliance staff ask, answered in the built console in Chromium: one gateway, one sign-in, and from
 * the sites' page at most three clicks to every answer. Each page is looked at by axe in both themes.
 */
import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localTime } from "../../gateway/console/format.ts";
import { consentId, displayConsentId } from "../../gateway/log/consent-id.ts";
import type { Appended } from "../../gateway/log/log.ts";
import { randomId } from "../staff/installation.ts";
import { verifyCommand } from "../../gateway/verify/command.ts";
import { launchChromium } from "./chromium.ts";
import { leaveEvents } from "./console-events.ts";
import { faults, openConsoleGateway, signIn, type ConsoleGateway } from "./console-page.ts";
import { interrupt } from "./interruption.ts";

const timezoneId = "Asia/Yekaterinburg";
const day = 86_400;
const secret = randomId();
const visitor = displayConsentId(consentId("clinic", secret));

let browser: Browser;
let gateway: ConsoleGateway;
let page: Page;
let granted: Appended;
let withdrawn: Appended;
let lapsing: Appended;
const errors: string[] = [];
const asked = new Set<string>();

beforeAll(async () => {
  browser = await launchChromium();
  gateway = await openConsoleGateway(Date.now() - 3 * day * 1000);
  const key = (await gateway.staff.keys.ensureFirstKey())!;
  lapsing = await gateway.decide("clinic", {}, { country: "KZ" });
  gateway.clock.advance(day * 1000);
  const { site } = (await gateway.sites.effective("clinic"))!;
  const optional = site.purposes.filter(({ essential }) => !essential);
  const all = (state: "granted" | "denied") => ({
    purposes: Object.fromEntries(optional.map(({ id }) => [id, state])),
    services: Object.fromEntries(site.services.map(({ id }) => [id, state])),
  });
  granted = await gateway.decide("clinic", { secret, control: "accept-all", ...all("granted") });
  gateway.clock.advance(day * 1000);
  withdrawn = await gateway.decide("clinic", {
    secret,
    counter: 2,
    action: "withdraw",
    place: "preferences",
    control: "withdraw",
    ...all("denied"),
  });
  gateway.clock.advance(60_000);
  await gateway.integrator.integrate();
  await gateway.indexer.index();
  await leaveEvents(gateway, 4, granted);

  const context = await browser.newContext({ locale: "en-GB", timezoneId, acceptDownloads: true });
  page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) errors.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http")) asked.add(origin);
  });
  await page.goto(gateway.address);
  await signIn(page, key);
  await page.getByRole("link", { name: "Rodnik Clinic", exact: true }).waitFor();
});

afterAll(async () => {
  await browser.close();
  await gateway.close();
});

/** Starts at the sites, and counts what is clicked until the answer is there. */
function way() {
  let clicks = 0;
  const press = async (what: Locator) => {
    clicks += 1;
    await what.click();
  };
  const click = (role: "link" | "button", name: string) =>
    press(page.getByRole(role, { name, exact: true }).first());
  return {
    async start() {
      await page.goto(`${gateway.address}#/`);
      await click("link", "Rodnik Clinic");
      await page.getByRole("table").waitFor();
    },
    click,
    press,
    end: () => expect(clicks).toBeLessThanOrEqual(3),
  };
}

/** Nothing is wrong with how the page looks, and it reported no error and asked nobody else. */
async function look(): Promise<void> {
  expect(await faults(page)).toEqual({});
  expect(errors).toEqual([]);
  expect([...asked]).toEqual([new URL(gateway.address).origin]);
}

const rows = () => page.locator("table.records tbody tr");
const field = (name: string) => page.getByLabel(name, { exact: true });
const times = () => rows().locator("time").allTextContents();
const shown = ({ time }: Appended) => localTime(time, "en", timezoneId);

test("Q1: records by consent number; the filter is in the address", async () => {
  const { start, click, end } = way();
  await start();
  await field("Consent number").fill(visitor.toLowerCase().replaceAll("-", " "));
  await click("button", "Search");
  await expect.poll(times).toEqual([shown(withdrawn), shown(granted)]);
  expect(page.url()).toContain("consentId=");
  end();
  await page.reload();
  await expect.poll(times).toEqual([shown(withdrawn), shown(granted)]);
});

test("Q2: records by country, browser and language, without a number", async () => {
  const { start, click, press, end } = way();
  await start();
  await press(page.getByText("More filters"));
  await field("Country").fill("KZ");
  await field("Browser").selectOption("firefox");
  await field("Language shown").fill("ru");
  await click("button", "Search");
  await expect.poll(times).toEqual([shown(lapsing)]);
  end();
  await look();
  await page.goBack();
  await expect.poll(() => rows().count()).toBe(3);
});

test("Q3, Q4: what counted for a purpose at a moment, and the whole history", async () => {
  const { start, click, end } = way();
  await start();
  await click("link", "Visitor");
  await page.getByRole("heading", { name: "What a visitor had decided" }).waitFor();
  await field("Consent number").fill(visitor);
  const moment = new Date((granted.time + 3600) * 1000 + 5 * 3_600_000);
  await field("At the moment").fill(moment.toISOString().slice(0, 19));
  await click("button", "Show");
  const state = page.locator("section", { hasText: "On record at" });
  await expect.poll(() => state.locator("dd").allInnerTexts()).toContain("Granted");
  expect(await state.innerText()).toContain(shown(granted));
  expect(await times()).toEqual([shown(granted), shown(withdrawn)]);
  end();
  await look();
  await field("At the moment").fill("");
  await click("button", "Show");
  await expect.poll(() => state.locator("dd").allInnerTexts()).not.toContain("Granted");
});

test("Q5: every decision under the same policy, and its text", async () => {
  const { start, click, press, end } = way();
  await start();
  await press(rows().first().getByRole("link"));
  const panel = page.getByRole("dialog");
  const href = await panel
    .getByRole("link", { name: "The policy as it was shown" })
    .evaluate((link) => (link as HTMLAnchorElement).href);
  const { version } = (await gateway.sites.effective("clinic"))!;
  expect(href).toBe(`${new URL(gateway.address).origin}/p/clinic/policy/${version}?lang=ru`);
  await click("link", "Decisions under the same policy");
  await expect.poll(() => rows().count()).toBe(3);
  expect(page.url()).toContain("policy=");
  end();
});

test("Q5: the banner itself, as it was shown", async () => {
  const { start, click, end } = way();
  await start();
  await rows().nth(2).getByRole("link").click();
  await click("button", "Show the banner");
  const banner = page.frameLocator(".stage iframe").getByRole("region");
  const { site } = (await gateway.sites.effective("clinic"))!;
  await banner.getByText(site.controller.name).waitFor();
  await banner.getByRole("button", { name: "Принять все" }).waitFor();
  await page.getByText("This browser compared it").waitFor();
  end();
  await look();
});

test("Q6: how visitors decided, per day and country, from counters", async () => {
  const { start, click, end } = way();
  await start();
  await click("link", "Overview");
  await field("Told apart by").selectOption("country");
  const rates = page.getByRole("table", { name: "Rates" });
  await rates.getByRole("cell", { name: "Kazakhstan" }).waitFor();
  const cells = await rates
    .locator("tbody tr", { hasText: "Kazakhstan" })
    .locator(".cell-value")
    .allInnerTexts();
  expect(cells).toEqual(["Kazakhstan", "1", "0 0%", "0 0%", "1 100%", "0 0%"]);
  await expect.poll(() => page.locator(".chart canvas").count()).toBe(2);
  const legend = await page.locator(".legend").first().innerText();
  expect(legend).toMatch(/All granted 1\s+Some granted 0\s+All refused 1\s+Withdrawn 1/);
  end();
  await look();
});

test("Q6: how visitors of every site decided, in one chart", async () => {
  await page.goto(`${gateway.address}#/`);
  const { click, end } = way();
  await click("link", "Totals");
  const sites = page.getByRole("table", { name: "Site by site" });
  const row = sites.locator("tbody tr", { hasText: "Rodnik Clinic" }).first();
  await row.waitFor();
  const cells = await row.locator(".cell-value").allInnerTexts();
  expect(cells).toEqual(["Rodnik Clinic", "3", "1 33.3%", "0 0%", "1 33.3%", "1 33.3%"]);
  const legend = await page.locator(".legend").innerText();
  expect(legend).toMatch(/All granted 1\s+Some granted 0\s+All refused 1\s+Withdrawn 1/);
  await expect.poll(() => page.locator(".chart canvas").count()).toBe(1);
  end();
  await look();
});

test("Q7: what lapses before a date, the soonest first", async () => {
  const { start, click, press, end } = way();
  await start();
  await press(page.getByText("More filters"));
  const before = new Date((lapsing.time + 180 * day + 3600) * 1000 + 5 * 3_600_000);
  await field("Lapses before").fill(before.toISOString().slice(0, 16));
  await click("button", "Search");
  await expect.poll(times).toEqual([shown(lapsing)]);
  await page.getByRole("heading", { name: "Decisions by when they lapse" }).waitFor();
  end();
});

test("Q8: a range as a file that the independent verifier accepts", async () => {
  const { start, click, end } = way();
  await start();
  await click("link", "Export");
  const [download] = await Promise.all([page.waitForEvent("download"), click("button", "Export")]);
  await page.getByText(`${download.suggestedFilename()} is complete`).waitFor();
  end();
  await look();
  const command = await page.locator(".copyable code").innerText();
  const [, ...quoted] = command.split("--key ");
  const said: string[] = [];
  const keys = quoted.flatMap((key) => ["--key", key.trim().slice(1, -1)]);
  const code = await verifyCommand(["export", await download.path(), ...keys], {
    out: (line) => said.push(line),
    err: (line) => said.push(line),
    fetch,
  });
  expect(code, said.join("\n")).toBe(0);
  expect(said.join("\n")).toMatch(/\b3\b/);
});

test("an export that fails or is cancelled leaves no file, and says so", async () => {
  await page.goto(`${gateway.address}#/clinic/exports?browser=firefox`);
  const back = await interrupt(page, "**/export?*");
  await page.getByText("Decisions that meet all of these:").waitFor();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("alert").getByText("The gateway cannot be reached").waitFor();
  back();
  const answered = await interrupt(page, "**/export?*", () => undefined);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("The export was cancelled").waitFor();
  answered();
});

test("Q9: a record, verified by this browser, and its proof as a file", async () => {
  const { start, click, press, end } = way();
  await start();
  await press(rows().nth(1).getByRole("link"));
  const verdict = page.getByRole("dialog").locator(".verdict");
  await expect.poll(() => verdict.textContent()).toBe("Verified");
  await look();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    click("button", "Download the receipt"),
  ]);
  expect(download.suggestedFilename()).toBe(`receipt-${granted.recordId}.txt`);
  end();
});

test("Q13: a receipt that the visitor's programs can read", async () => {
  const { start, click, press, end } = way();
  await start();
  await press(rows().nth(1).getByRole("link"));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    click("button", "Receipt for programs (ISO 27560)"),
  ]);
  end();
  const [line] = (await readFile(await download.path(), "utf8")).split("\n");
  const { receipt, proof } = JSON.parse(line!);
  expect(receipt).toMatchObject({
    schema: "ISO/IEC TS 27560:2023",
    consentReceiptID: granted.recordId,
    purposes: expect.arrayContaining([
      expect.objectContaining({ id: "analytics", state: "granted" }),
    ]),
  });
  expect(proof).not.toEqual([]);
});

test("a record that is not what the log holds is not verified, whatever the gateway says", async () => {
  const end = await interrupt(page, "**/v1/staff/records/clinic/*", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    answer.record.purposes = { ...answer.record.purposes, analytics: "denied" };
    await route.fulfill({ response, json: answer });
  });
  await page.goto(`${gateway.address}#/`);
  await page.getByRole("heading", { name: "Sites" }).waitFor();
  await page.goto(`${gateway.address}#/clinic/${granted.recordId}`);
  await expect
    .poll(() => page.getByRole("dialog").locator(".verdict").textContent())
    .toBe("Not verified");
  end();
});

test("a filter that means nothing is said so, and which", async () => {
  await page.goto(`${gateway.address}#/clinic?policy=nonsense`);
  const alert = page.getByRole("alert");
  await alert.getByText("This filter does not fit").waitFor();
  await alert.getByText("Policy", { exact: true }).waitFor();
});

test("Q11: which decision events were forwarded under, and that each is accounted for", async () => {
  const { start, click, end } = way();
  await start();
  await click("link", "Deliveries");
  await page.getByText("Every event is accounted for.").waitFor();
  const grounds = page.getByRole("table", { name: "Under which decision events left" });
  await grounds.getByRole("link", { name: granted.recordId }).waitFor();
  await look();
  await click("link", granted.recordId);
  await expect
    .poll(() => page.getByRole("dialog").locator(".verdict").textContent())
    .toBe("Verified");
  end();
  await page.getByRole("link", { name: "Events forwarded under this decision" }).click();
  await page.getByRole("heading", { name: "Events that left under this decision" }).waitFor();
  await expect.poll(() => grounds.locator("tbody tr").count()).toBe(1);
});

test("dead letters are sent again or discarded, each in two steps", async () => {
  await page.goto(`${gateway.address}#/clinic/deliveries`);
  const letters = page.getByRole("table", { name: "Events that could not be delivered" });
  await letters.getByText("The service failed again and again").first().waitFor();
  expect(await letters.locator("tbody tr").count()).toBe(3);
  await letters.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Send 1 event again" }).click();
  await page.getByText("Consent is read again before anything leaves").waitFor();
  await page.getByRole("button", { name: "Yes, send 1 event again" }).click();
  await page.getByText("1 event put back into the queue.").waitFor();
  await expect.poll(() => letters.locator("tbody tr").count()).toBe(2);
  await page.getByRole("button", { name: "Choose all of these" }).click();
  await page.getByRole("button", { name: "Discard 2 events" }).click();
  await look();
  await page.getByRole("button", { name: "Yes, discard 2 events for good" }).click();
  await page.getByText("Nothing is stuck").waitFor();
});

test("Q10: a hold keeps a visitor's records, and without it they are erased", async () => {
  const { start, click, end } = way();
  await page.goto(`${gateway.address}#/clinic/erasure`);
  await page.getByRole("heading", { name: "Erase a visitor's records" }).waitFor();
  await field("Consent number to hold").fill(visitor);
  await field("Reason").fill("File 2026-117");
  await page.getByRole("button", { name: "Set a hold" }).click();
  await page.getByRole("table", { name: "Legal holds" }).getByText("File 2026-117").waitFor();

  await start();
  await click("link", "Erasure");
  await page.getByRole("heading", { name: "Erase a visitor's records" }).waitFor();
  await field("Consent number").fill(visitor);
  await page.getByText("2 decisions will be erased.").waitFor();
  await field("Type ERASE to confirm").fill("erase");
  await click("button", "Erase for good");
  await page.getByRole("alert").getByText("Under legal hold").waitFor();
  end();
  await page.getByRole("button", { name: "Lift: File 2026-117" }).click();
  await page.getByRole("button", { name: "Lift the hold: File 2026-117" }).click();
  await page.getByText("Nothing is held").waitFor();
  await look();

  const erase = page.getByRole("button", { name: "Erase for good" });
  expect(await erase.getAttribute("aria-disabled")).toBe("true");
  await field("Type ERASE to confirm").fill("ERASE");
  await erase.click();
  await page.getByText(/^Erased\./).waitFor();
  await page
    .getByRole("table", { name: "What was erased" })
    .getByText("The visitor asked for it")
    .waitFor();
  await page.goto(`${gateway.address}#/clinic/visitor?consentId=${visitor}`);
  await page.getByRole("alert").getByText("Nothing here").waitFor();
});

test("Q12: who read or exported what, and by which filter", async () => {
  const { start, click, end } = way();
  await start();
  await click("link", "Audit trail");
  const trail = page.getByRole("table", { name: "Audit trail" });
  await trail.waitFor();
  const searched = trail.locator("tbody tr", { hasText: "Searched decisions" }).first();
  const cells = await searched.locator(".cell-value").allInnerTexts();
  expect(cells.slice(1, 3)).toEqual(["Searched decisions\nrecords.list", "clinic"]);
  expect(cells.at(-1)).toBe("3");
  expect(await trail.innerText()).not.toContain(visitor);
  end();
  await look();
});

test("a key is shown once, used by an auditor who may change nothing, and revoked", async () => {
  await page.goto(`${gateway.address}#/`);
  await page.getByRole("link", { name: "Access keys" }).click();
  await field("Whose it is").fill("Auditor of 2026");
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.locator(".note code").innerText();
  expect(key).toMatch(/^soglas_/);
  await look();
  await page.getByRole("button", { name: "I have kept it" }).click();
  expect(await page.locator("body").innerText()).not.toContain(key);

  const context = await browser.newContext({ locale: "en-GB" });
  const other = await context.newPage();
  await other.goto(`${gateway.address}#/-/keys`);
  await signIn(other, key);
  await other.getByRole("alert").getByText("Your access key does not allow this").waitFor();
  expect(await other.getByRole("link", { name: "Access keys" }).count()).toBe(0);
  await other.goto(`${gateway.address}#/clinic/erasure`);
  await other.getByText("Your role looks at erasures and holds").waitFor();
  expect(await other.getByRole("button", { name: "Erase for good" }).count()).toBe(0);

  await page.getByRole("button", { name: "Revoke: Auditor of 2026" }).click();
  await page.getByRole("button", { name: "Revoke for good: Auditor of 2026" }).click();
  await page.locator("tbody tr", { hasText: "Auditor of 2026" }).getByText("revoked").waitFor();
  await other.goto(`${gateway.address}#/`);
  await other.getByText("Your session has ended").waitFor();
  await context.close();
});

test("signing out everywhere ends this session too", async () => {
  await page.goto(`${gateway.address}#/-/access`);
  await page.getByRole("button", { name: "Sign out everywhere" }).waitFor();
  await look();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.context().cookies()).toEqual([]);
});
