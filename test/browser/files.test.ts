/** A site without a gateway: a host of files, and Chromium. */
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { vendorEndpoints, vendors } from "../../gateway/events/vendors.ts";
import { loadBuild } from "../../gateway/sites/builds.ts";
import { buildFiles } from "../../gateway/sites/files.ts";
import { serviceVendors } from "../../gateway/sites/tags.ts";
import en from "../../widget/locales/en.ts";
import { ordinaryFiles } from "../sites/ordinary.ts";
import { launchChromium } from "./chromium.ts";
import { openClinic } from "./clinic.ts";
import { openHosts, type Hosts } from "./hosts.ts";

const page = "https://www.static.test/";
const google = "www.googletagmanager.com";
let hosts: Hosts;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  const { files, embedding } = await buildFiles(await ordinaryFiles(), {
    build: await loadBuild(join(import.meta.dirname, "../../dist/widget")),
    serviceVendors: serviceVendors(vendors),
    scripts: vendorEndpoints.parse({}),
    at: "/soglas",
    now: Date.UTC(2026, 5, 1),
  });
  const script = (text = "") =>
    new Response(text, { headers: { "Content-Type": "text/javascript" } });
  hosts = await openHosts({
    "www.static.test"({ method, url }) {
      const { pathname } = new URL(url);
      const file = files.get(pathname.replace("/soglas/", ""));
      const html = { headers: { "Content-Type": "text/html" } };
      if (method !== "GET") return new Response("", { status: 405 });
      if (pathname === "/")
        return new Response(
          `<!doctype html><html lang="en"><title>Home</title>${embedding.element}<p>Home`,
          html,
        );
      if (file === undefined) return new Response("", { status: 404 });
      return pathname.endsWith(".html") ? new Response(file, html) : script(file);
    },
    [google]: () => script(),
    "mc.yandex.ru": () => script(),
  });
  browser = await launchChromium([`--host-resolver-rules=${hosts.resolverRules}`]);
  context = await browser.newContext({ ignoreHTTPSErrors: true });
});
afterAll(async () => {
  await browser.close();
  await hosts.close();
});

const own = () => hosts.arrivals.filter(({ host }) => host === "www.static.test");
const loaded = () => hosts.arrivals.filter(({ host }) => host === google).length;

it("asks, honours and remembers a choice by files alone; keeps no id, and queues nothing", async () => {
  const clinic = await openClinic(context, page);
  await clinic.banner.waitFor();
  expect(loaded()).toBe(0);
  await clinic.acceptAll();
  await expect.poll(loaded).toBe(1);
  const cookie = async () =>
    (await context.cookies(page)).find(({ name }) => name === "soglas_eu")?.value ?? "";
  // No secret, and no counter of a subject.
  await expect.poll(cookie).toMatch(/^1\.\.0\./);

  await clinic.goto(page);
  await clinic.reopen.waitFor();
  expect(await clinic.banner.count()).toBe(0);
  await expect.poll(loaded).toBe(2);
  await clinic.openPreferences();
  const mine = clinic.preferences.locator("[part=mine]");
  await mine.getByText(en.unrecorded).waitFor();
  for (const words of [en.receipt, en.waiting, en.erase])
    expect(await mine.getByText(words, { exact: true }).count()).toBe(0);

  await clinic.withdrawEverything();
  await expect.poll(cookie).toMatch(/^1\.\.0\.[\da-z]+\.20\./);
  await clinic.goto(page);
  await clinic.reopen.waitFor();
  expect(loaded()).toBe(2);
  expect(
    (await clinic.storageKeys()).filter((key) => /due|history|choice|token/.test(key)),
  ).toEqual([]);

  expect(own().filter(({ method }) => method !== "GET")).toEqual([]);
  const asked = new Set(own().map(({ path }) => path));
  asked.delete("/favicon.ico");
  expect([...asked].filter((path) => path !== "/" && !path.startsWith("/soglas/"))).toEqual([]);
  await clinic.page.close();
});

it("has every document in every language, and the way between them", async () => {
  const clinic = await openClinic(context, page);
  await clinic.openPreferences();
  const href = await clinic.preferences
    .getByRole("link", { name: en.policy })
    .first()
    .getAttribute("href");
  await clinic.page.goto(new URL(href!, page).href);
  await clinic.page.getByRole("link", { name: "русский" }).click();
  expect(await clinic.page.locator("html").getAttribute("lang")).toBe("ru");
  expect(await clinic.page.locator("article").textContent()).toMatch(/[а-я]{3}/);
});
