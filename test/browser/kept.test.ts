/** Where a choice is kept: in a cookie that the owner's subdomains share, or under each origin for itself. */
import type { BrowserContext } from "playwright-core";
import { expect, it } from "vitest";
import { createDemo } from "../../demo/server.ts";
import type { SiteInput } from "../../gateway/contract/site.ts";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { interrupt } from "./interruption.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const home = "https://www.clinic-eu.test";
const shop = "https://shop.clinic-eu.test";

const demo = createDemo({ gatewayUrl: `https://${gatewayHost}` });
const world = await sharedWorld({ "shop.clinic-eu.test": (request) => demo.pages(request) });

/** The European clinic with another cookie, on both hosts. */
const publish = (cookie: SiteInput["cookie"]) =>
  world.publish("clinic-eu", (site) => {
    Object.assign(site, { cookie, origins: [home, shop] });
  });

const open = async (context: BrowserContext, origin: string) =>
  openClinic(context, `${origin}/eu/online`);
const recorded = (count: number) =>
  expect.poll(() => world.decisions("clinic-eu").length).toBe(count);
/** Vendors' own tags in the page. */
const vendorTags = ({ page }: ClinicPage) =>
  page.locator('script[src*="googletagmanager"], script[src*="mc.yandex"]');

it("cookie.domain: decided on one subdomain, it is not asked on another; withdrawn there, it ends here", async () => {
  await publish({ name: "choice", domain: "clinic-eu.test" });
  const context = await world.visitor({ locale: "en-US" });
  const www = await open(context, home);
  await www.acceptAll();
  await recorded(1);
  await expect
    .poll(async () => (await context.cookies()).map(({ domain }) => domain))
    .toContain(".clinic-eu.test");
  await expect.poll(() => vendorTags(www).count()).toBe(2);

  const other = await open(context, shop);
  await other.reopen.waitFor();
  expect(await other.banner.count()).toBe(0);
  expect(await other.granted()).toContain("ga4");
  await expect.poll(() => vendorTags(other).count()).toBe(2);

  await other.withdrawEverything();
  await recorded(2);
  const [first, second] = world.decisions("clinic-eu");
  expect(second).toMatchObject({ secret: first!.secret, action: "withdraw", counter: 2 });

  await www.page.reload();
  await www.reopen.waitFor();
  expect(await www.banner.count()).toBe(0);
  expect(await www.granted()).toEqual(["necessary"]);
  expect(await vendorTags(www).count()).toBe(0);
});

it("cookie.domain: withdrawn here it ends there, also while no script can be had that records it", async () => {
  await publish({ name: "choice", domain: "clinic-eu.test" });
  const context = await world.visitor({ locale: "en-US" });
  const www = await open(context, home);
  await www.acceptAll();
  await recorded(1);
  await expect.poll(async () => (await www.storageKeys()).join()).not.toContain(".due.");
  const other = await open(context, shop);
  const back = await interrupt(context, `https://${gatewayHost}/w/**`);
  await www.page.reload();
  await www.page.evaluate(() =>
    (window as unknown as { soglas: { withdraw(): Promise<void> } }).soglas.withdraw(),
  );
  await other.page.reload();
  await other.reopen.waitFor();
  expect(await other.banner.count()).toBe(0);
  expect(await other.granted()).toEqual(["necessary"]);
  expect(await vendorTags(other).count()).toBe(0);

  back();
  await www.page.reload();
  await recorded(2);
  const [first, second] = world.decisions("clinic-eu");
  expect(second).toMatchObject({ secret: first!.secret, action: "withdraw", counter: 2 });
  expect(await www.granted()).toEqual(["necessary"]);
});

it('cookie.keep "local": the choice outlives a reload, no cookie is written, and each origin asks for itself', async () => {
  await publish({ name: "choice", keep: "local" });
  const context = await world.visitor({ locale: "en-US" });
  const www = await open(context, home);
  await www.choose(["metrika-clean"]);
  await recorded(1);
  await expect.poll(async () => (await www.storageKeys()).join()).not.toContain(".due.");
  await www.page.reload();
  await www.reopen.waitFor();
  expect(await www.banner.count()).toBe(0);
  expect(await www.granted()).toContain("metrika-clean");
  expect(await www.storageKeys()).toContain("soglas.clinic-eu.choice");
  expect(await context.cookies()).toEqual([]);

  const other = await open(context, shop);
  await other.banner.waitFor();

  await www.withdrawEverything();
  await recorded(2);
  await www.page.reload();
  await www.reopen.waitFor();
  expect(await www.granted()).toEqual(["necessary"]);
  expect(await context.cookies()).toEqual([]);
  const [first, second] = world.decisions("clinic-eu");
  expect(second).toMatchObject({ secret: first!.secret, action: "withdraw", counter: 2 });
});
