/**
 * A browser in which no script runs, a gateway behind a path of the site's own address: the page of choices
 * makes a real record, and once scripts run again the widget honours what was chosen there.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDemo } from "../../demo/server.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { launchChromium } from "./chromium.ts";
import { openClinic } from "./clinic.ts";
import { openHosts, type Handler, type Hosts } from "./hosts.ts";

const home = "https://www.clinic.test";
const choices = `${home}/consent/p/clinic/choices?lang=en`;

let installation: Installation;
let hosts: Hosts;
let browser: Browser;
beforeAll(async () => {
  const demo = createDemo({ gatewayUrl: `${home}/consent` });
  installation = await openInstallation({
    publicUrl: `${home}/consent`,
    widgetBuild: "dist/widget",
    sites: ["clinic"],
  });
  hosts = await openHosts({
    "www.clinic.test": (request, env) =>
      new URL(request.url).pathname.startsWith("/consent/")
        ? (installation.app.fetch as Handler)(request, env)
        : demo.pages(request),
  });
  browser = await launchChromium([
    `--host-resolver-rules=${hosts.resolverRules}`,
    "--ignore-certificate-errors",
  ]);
});
afterAll(async () => {
  await browser.close();
  await hosts.close();
  await installation.close();
});

const saved = (page: Page) => page.getByRole("status").getByText("Your choice is saved.");

it("a choice without scripts is recorded, kept, changed and withdrawn; the widget honours it", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(choices);
  // The page's own policy lets its style sheet through.
  expect((await page.getByRole("button").first().boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await page.getByRole("checkbox", { name: "Yandex.Metrika" }).first().check();
  await page.getByRole("button", { name: "Save choice" }).click();
  await saved(page).waitFor();
  const id = new URL(page.url()).searchParams.get("saved")!;
  const { decision } = (await installation.gateway.records.record("clinic", id))!;
  expect(decision).toMatchObject({
    place: "page",
    control: "save",
    origin: home,
    services: { metrika: "granted", "metrika-clean": "denied" },
  });
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ name: "soglas", path: "/", sameSite: "Lax", secure: true });

  // The same profile with scripts: nothing is asked, and what was granted is granted.
  const scripted = await browser.newContext({ storageState: await context.storageState() });
  const clinic = await openClinic(scripted, `${home}/services`);
  await clinic.reopen.waitFor();
  expect(await clinic.banner.count()).toBe(0);
  const granted = await clinic.page.evaluate(() => [
    ["metrika", "metrika-clean", "media"].map((service) =>
      (window as unknown as { soglas: { has(id: string): boolean } }).soglas.has(service),
    ),
  ]);
  expect(granted).toEqual([[true, false, false]]);
  // What is decided there goes on from it, as one subject.
  await clinic.withdrawEverything();
  await expect.poll(async () => (await scripted.cookies())[0]?.value.split(".")[2]).toBe("2");
  // And back: without scripts again, what was withdrawn with them is withdrawn.
  const back = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await scripted.storageState(),
  });
  await scripted.close();
  const again = await back.newPage();
  await again.goto(choices);
  expect(await again.getByRole("checkbox", { checked: true }).count()).toBe(0);
  await back.close();

  expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(1);
  await page.getByRole("button", { name: "Withdraw everything" }).click();
  await saved(page).waitFor();
  expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Withdraw everything" }).count()).toBe(0);
  await context.close();
});

it("another page's form is refused, whatever the visitor clicks there", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.setContent(
    `<form method="post" action="${choices}"><button name="control" value="accept-all">Win</button></form>`,
  );
  await page.getByRole("button").click();
  await page.getByText("only taken from its own page").waitFor();
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

it("axe finds nothing, in either language and theme, and nothing is wider than the screen", async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const [language, colorScheme] of [
    ["en", "light"],
    ["ru", "dark"],
  ] as const) {
    // Axe itself is a script: it is let in past the page's policy, which the other tests keep.
    const context = await browser.newContext({
      bypassCSP: true,
      colorScheme,
      viewport: { width: 320, height: 640 },
    });
    const page = await context.newPage();
    await page.goto(choices.replace("lang=en", `lang=${language}`));
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string }[] }> };
      };
      return (await axe.run({ resultTypes: ["violations"] })).violations.map(({ id }) => id);
    });
    expect(violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    await context.close();
  }
});
