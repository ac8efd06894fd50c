/** Jurisdiction profiles in a real browser: what runs before an answer, what ends it, and who is asked. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import en from "../../widget/locales/en.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const patience = { timeout: 15_000 };
const origin = "https://plain.test";
/** Where visitors are. */
let country: string | null = null;

const world = await sharedWorld(
  { "plain.test": plain },
  {
    observe: {
      client: () => ({ address: "203.0.113.77", behindProxy: false }),
      locate: () => ({ country, region: null }),
    },
  },
);
beforeAll(() =>
  world.publish("clinic-eu", (site) => {
    site.origins.push(origin);
    site.validity = { refusalDays: 365 };
    site.jurisdictions = { us: ["US"], none: [] };
    for (const service of site.services) delete service.pages;
    site.services = site.services.filter(({ id }) => id === "ga4" || id === "metrika-clean");
  }),
);

/** A page with the tag, and nothing else that could speak; its query is the profile it names. */
function plain(request: Request): Response {
  const named = new URL(request.url).search.slice(1);
  const attribute = named && `data-jurisdiction="${named}"`;
  return new Response(
    `<!doctype html><html lang="en"><title>Plain</title><p>Plain</p><script async src="https://${gatewayHost}/s/clinic-eu.js" ${attribute}></script>`,
    { headers: { "Content-Type": "text/html" } },
  );
}

/** @param first runs before any script of the page */
async function open(
  profile = "",
  options: BrowserContextOptions = {},
  first?: string,
): Promise<Page> {
  const context = await world.visitor({ locale: "en-US", ...options });
  if (first) await context.addInitScript(first);
  const page = await context.newPage();
  await page.goto(`${origin}/${profile && `?${profile}`}`);
  return page;
}
const optOut = (page: Page) => page.getByRole("button", { name: en.optOut });
const banner = (page: Page) => page.locator("soglas-consent [part~=banner]");
const reopen = (page: Page) => page.locator("soglas-reopen button");
const vendors = () => new Set(world.atVendors().map(({ host }) => host));
const forwarded = () => world.demo.recording.hits().filter(({ sender }) => sender === "server");

describe("under us", () => {
  it("services run from the start without an id of ours, and one click ends it", async () => {
    country = "US";
    const page = await open();
    await optOut(page).waitFor();
    await expect.poll(() => vendors().has("www.googletagmanager.com"), patience).toBe(true);
    await expect.poll(() => forwarded().length, patience).toBeGreaterThan(0);
    expect(await banner(page).count()).toBe(0);
    expect(await page.evaluate("document.cookie")).not.toContain("soglas");
    expect(world.decisions("clinic-eu")).toEqual([]);
    expect(world.atGateway("/w/")).toEqual([]);
    const token = await page.evaluate("localStorage.getItem('soglas.clinic-eu.token')");
    const another = await open();
    await expect
      .poll(() => another.evaluate("localStorage.getItem('soglas.clinic-eu.token')"), patience)
      .toBe(token);

    await optOut(page).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => world.decisions("clinic-eu").length, patience).toBe(1);
    expect(world.decisions("clinic-eu")[0]).toMatchObject({
      control: "refuse-all",
      jurisdiction: { profile: "us", by: "region" },
      services: { ga4: "denied", "metrika-clean": "denied" },
    });
    await reopen(page).waitFor();
    expect(await optOut(page).count()).toBe(0);

    await page.waitForLoadState();
    world.forget();
    await page.reload();
    await reopen(page).waitFor();
    expect(await optOut(page).count()).toBe(0);
    expect(await page.evaluate("soglas.consent()")).toEqual({
      decided: true,
      granted: ["necessary"],
    });
    expect([world.atVendors(), world.atGateway("/v1/sites/clinic-eu/events")]).toEqual([[], []]);
  });

  it("a page that breaks a vendor's part leaves its visitor the control that opts out", async () => {
    country = "US";
    const breaks = "gtag = (command) => { if (command === 'config') throw new Error('theirs') }";
    const page = await open("", {}, breaks);
    await optOut(page).click();
    await expect.poll(() => world.decisions("clinic-eu").length, patience).toBe(1);
    expect(world.decisions("clinic-eu")[0]!.control).toBe("refuse-all");
  });

  it("a click that opts out before the country is known holds when it is", async () => {
    country = "US";
    const context = await world.visitor({ locale: "en-US" });
    const page = await context.newPage();
    let answer = () => {};
    const clicked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/v1/sites/clinic-eu/region", async (route) => {
      await clicked;
      await route.continue();
    });
    await page.goto(origin);
    await page.evaluate(
      "soglas.ready.then(() => { document.querySelector('p').dataset.soglasWithdraw = '' })",
    );
    await page.getByText("Plain").click();
    const known = page.waitForResponse("**/v1/sites/clinic-eu/region");
    answer();
    await known;
    await expect.poll(() => world.decisions("clinic-eu").length, patience).toBe(1);
    expect(await page.evaluate("soglas.consent()")).toEqual({
      decided: true,
      granted: ["necessary"],
    });
    expect(world.atVendors()).toEqual([]);
  });
});

it.each(["us", "eu"])(
  "Global Privacy Control is honoured: a browser that says no is not asked (%s)",
  async (profile) => {
    const says = "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })";
    const page = await open(profile, {}, says);
    await reopen(page).waitFor();
    expect(await optOut(page).count()).toBe(0);
    expect(await page.evaluate("soglas.consent().granted")).toEqual(["necessary"]);
    expect([world.atVendors(), world.atGateway("/v1/")]).toEqual([[], []]);
  },
);

describe("under none", () => {
  it("nothing is asked, everything runs, and the choices are to be had", async () => {
    const page = await open("none");
    await reopen(page).waitFor();
    await expect.poll(() => vendors().has("www.googletagmanager.com"), patience).toBe(true);
    expect(world.atGateway("/v1/sites/clinic-eu/region")).toEqual([]);
    await reopen(page).click();
    const switches = page.locator("soglas-consent dialog input[role=switch]");
    await switches.first().waitFor();
    expect(
      await switches.evaluateAll((all) => all.every((each) => (each as HTMLInputElement).checked)),
    ).toBe(true);
  });
});

describe("who is nowhere known", () => {
  it("is asked as strictly as the site can, and so is everybody while the gateway does not answer", async () => {
    country = null;
    const page = await open();
    await banner(page).waitFor();
    expect(world.atVendors()).toEqual([]);
    country = "US";
    await page.context().route("**/v1/sites/clinic-eu/region", () => {});
    await page.reload();
    await banner(page).waitFor();
    expect(world.atVendors()).toEqual([]);
  });

  it("is asked by a page that names a profile the site does not have", async () => {
    country = "DE";
    const page = await open("ru");
    await banner(page).waitFor();
    expect(world.atVendors()).toEqual([]);
    expect(world.atGateway("/v1/sites/clinic-eu/region")).toHaveLength(1);
  });
});
