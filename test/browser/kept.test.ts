/** Where a choice is kept: in a cookie that the owner's subdomains share, or under each origin for itself. */
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDemo } from "../../demo/server.ts";
import type { SiteInput } from "../../gateway/contract/site.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { gatewayHost, openWorld, type World } from "./world.ts";

const home = "https://www.clinic-eu.test";
const shop = "https://shop.clinic-eu.test";

let world: World;
beforeAll(async () => {
  const pages = createDemo({ gatewayUrl: `https://${gatewayHost}` });
  world = await openWorld({ "shop.clinic-eu.test": (request) => pages.pages(request) });
});
afterAll(() => world.close());

/** The European clinic with another cookie, on both hosts. */
async function publish(cookie: SiteInput["cookie"]): Promise<void> {
  await world.empty();
  const files = await readSiteDirectory(join(import.meta.dirname, "../../demo/sites/clinic-eu"));
  const site = JSON.parse(new TextDecoder().decode(files.get("site.json"))) as SiteInput;
  Object.assign(site, { cookie, origins: [home, shop] });
  const bytes = new TextEncoder().encode(JSON.stringify(site));
  await world.gateway.sites.publish(new Map([...files, ["site.json", bytes]]));
}

const open = async (context: BrowserContext, origin: string) =>
  openClinic(context, `${origin}/eu/online`);
const granted = ({ page }: ClinicPage) =>
  page.evaluate(
    () =>
      (window as unknown as { soglas: { consent(): { granted: string[] } } }).soglas.consent()
        .granted,
  );
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
  expect(await granted(other)).toContain("ga4");
  await expect.poll(() => vendorTags(other).count()).toBe(2);

  await other.withdrawEverything();
  await recorded(2);
  const [first, second] = world.decisions("clinic-eu");
  expect(second).toMatchObject({ secret: first!.secret, action: "withdraw", counter: 2 });

  await www.page.reload();
  await www.reopen.waitFor();
  expect(await www.banner.count()).toBe(0);
  expect(await granted(www)).toEqual(["necessary"]);
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
  await context.route(`https://${gatewayHost}/w/**`, (route) => route.abort());
  await www.page.reload();
  await www.page.evaluate(() =>
    (window as unknown as { soglas: { withdraw(): Promise<void> } }).soglas.withdraw(),
  );
  await other.page.reload();
  await other.reopen.waitFor();
  expect(await other.banner.count()).toBe(0);
  expect(await granted(other)).toEqual(["necessary"]);
  expect(await vendorTags(other).count()).toBe(0);

  await context.unroute(`https://${gatewayHost}/w/**`);
  await www.page.reload();
  await recorded(2);
  const [first, second] = world.decisions("clinic-eu");
  expect(second).toMatchObject({ secret: first!.secret, action: "withdraw", counter: 2 });
  expect(await granted(www)).toEqual(["necessary"]);
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
  expect(await granted(www)).toContain("metrika-clean");
  expect(await www.storageKeys()).toContain("soglas.clinic-eu.choice");
  expect(await context.cookies()).toEqual([]);

  const other = await open(context, shop);
  await other.banner.waitFor();

  await www.withdrawEverything();
  await recorded(2);
  await www.page.reload();
  await www.reopen.waitFor();
  expect(await granted(www)).toEqual(["necessary"]);
  expect(await context.cookies()).toEqual([]);
  const [first, second] = world.decisions("clinic-eu");
  expect(second).toMatchObject({ secret: first!.secret, action: "withdraw", counter: 2 });
});
