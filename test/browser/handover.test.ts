/** A link between the owner's domains carries the choice: a record and a subject of its own at either end. */
import { beforeAll, expect, it } from "vitest";
import { createDemo } from "../../demo/server.ts";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { interrupt } from "./interruption.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const home = "https://www.clinic-eu.test";
const sister = "https://rodnik.example";
const evil = "https://evil.example";
const path = "/eu/contacts";

const demo = createDemo({ gatewayUrl: `https://${gatewayHost}` });
const world = await sharedWorld({
  "rodnik.example": (request) => demo.pages(request),
  "evil.example": () =>
    new Response("<!doctype html><title>Evil</title>", {
      headers: { "Content-Type": "text/html" },
    }),
});
beforeAll(() =>
  world.publish("clinic-eu", (site) => {
    Object.assign(site, { origins: [home, sister], share: { origins: [home, sister] } });
  }),
);

const decisions = () => world.decisions("clinic-eu");
const recorded = (count: number) => expect.poll(() => decisions().length).toBe(count);
/** A click waits for the gateway, however busy this machine is. */
async function visitor() {
  const context = await world.visitor({ locale: "en-US" });
  await context.addInitScript(() => {
    AbortSignal.timeout = () => new AbortController().signal;
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    document.addEventListener("soglas:consent", (event) =>
      heard.push((event as CustomEvent<{ granted: string[] }>).detail.granted),
    );
  });
  return context;
}

/** A link in the page, and a click on it. */
async function follow({ page }: ClinicPage, href: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement("a");
    link.href = to;
    link.id = "to-the-sister";
    link.textContent = "Our other site";
    document.body.prepend(link);
  }, href);
  await page.locator("#to-the-sister").click();
  await page.waitForURL((url) => url.origin === new URL(href).origin);
}

it("a visitor who chose here is not asked there; what changes there comes back", async () => {
  const context = await visitor();
  const clinic = await openClinic(context, home + path);
  await clinic.choose(["metrika-clean"]);
  await recorded(1);
  await follow(clinic, `${sister}${path}?from=home`);
  await clinic.reopen.waitFor();
  expect(await clinic.banner.count()).toBe(0);
  expect(clinic.page.url()).toBe(`${sister}${path}?from=home`);
  expect(await clinic.granted()).toContain("metrika-clean");
  expect(await clinic.granted()).not.toContain("ga4");
  await recorded(2);
  const [here, there] = decisions();
  expect(there).toMatchObject({
    action: "first",
    counter: 1,
    place: "handover",
    control: "handover",
    offered: [],
    time: here!.time,
    purposes: here!.purposes,
    services: here!.services,
  });
  expect(there!.secret).not.toBe(here!.secret);
  // A repetition of the link with the same choice makes nothing new.
  await follow(clinic, home + path);
  await clinic.reopen.waitFor();
  await follow(clinic, sister + path);
  await clinic.reopen.waitFor();

  // Of two decisions of one second neither is the later one.
  await expect.poll(() => Math.floor(Date.now() / 1000)).toBeGreaterThan(here!.time);
  await clinic.withdrawEverything();
  await recorded(3);
  // The gateway answers after the page has been shown: what was granted here is not followed once more.
  let meanwhile: string[] = [];
  await context.route("**/handovers/redeem", async (route) => {
    await clinic.page.waitForLoadState();
    meanwhile = await clinic.granted();
    await route.continue();
  });
  await follow(clinic, home + path);
  await clinic.reopen.waitFor();
  expect(meanwhile).toEqual(["necessary"]);
  expect(await clinic.page.evaluate("heard")).toEqual([["necessary"]]);
  expect(await clinic.granted()).toEqual(["necessary"]);
  await recorded(4);
  const [, , , back] = decisions();
  expect(back).toMatchObject({
    action: "withdraw",
    place: "handover",
    secret: here!.secret,
    counter: 2,
  });
  await expect
    .poll(() => world.gateway.records.record("clinic-eu", back!.id))
    .toMatchObject({ decision: { place: "handover", origin: home } });
  expect(world.logged.join()).not.toMatch(/handovers?\/[\w-]{22}/);
});

it("a code that a page of somebody else sends along is not taken, and leaves the address", async () => {
  const { revision } = (await world.gateway.sites.effective("clinic-eu"))!;
  const planted = await world.gateway.handovers.issue(
    { site: "clinic-eu", origin: sister },
    { revision, time: Math.floor(Date.now() / 1000), granted: ["analytics", "metrika-clean"] },
  );
  const page = await openClinic(await visitor(), evil);
  await follow(page, `${sister}${path}#soglas=${planted}`);
  await page.banner.waitFor();
  expect(page.page.url()).toBe(sister + path);
  expect(await page.granted()).toEqual(["necessary"]);
  // Nor one that stands in a link of the site's own page.
  await page.goto(home + path);
  await page.banner.waitFor();
  await follow(page, `${sister}${path}#soglas=${planted}`);
  await page.banner.waitFor();
  expect(await page.granted()).toEqual(["necessary"]);
  expect(decisions()).toEqual([]);
});

it("while the gateway is away the link leads where it leads, and the visitor is asked", async () => {
  const clinic = await openClinic(await visitor(), home + path);
  await clinic.acceptAll();
  await recorded(1);
  await clinic.page.route("**/handovers", (route) => route.abort());
  await follow(clinic, sister + path);
  await clinic.banner.waitFor();
  expect(clinic.page.url()).toBe(sister + path);
});

it("an answer that breaks off holds up neither the link nor the question", async () => {
  const context = await visitor();
  const clinic = await openClinic(context, home + path);
  await clinic.acceptAll();
  const broken = (body: string) => ({ contentType: "application/json", body });
  const whole = await interrupt(context, "**/handovers", (route) =>
    route.fulfill(broken('{"code":')),
  );
  await follow(clinic, sister + path);
  await clinic.banner.waitFor();
  await clinic.goto(home + path);
  whole();
  await context.route("**/handovers/redeem", (route) => route.fulfill(broken("{}")));
  await follow(clinic, sister + path);
  await clinic.banner.waitFor();
});
