/** A gateway behind a path of the site: the browser's cookie is the widget's, written by an answer. */
import { beforeAll, expect, it } from "vitest";
import { sharedWorld } from "./world.ts";

const origin = "https://own.test";
const page = `<!doctype html><html lang="en"><title>Own</title><p>Own</p><script async src="/privacy/s/clinic-eu.js"></script>`;
const headers = { "Content-Type": "text/html", "Set-Cookie": "session=s3cret; HttpOnly" };
const world = await sharedWorld(
  { "own.test": () => new Response(page, { headers }) },
  { publicUrl: `${origin}/privacy` },
);
beforeAll(() =>
  world.publish("clinic-eu", (site) => {
    site.origins.push(origin);
  }),
);

const renewals = () =>
  world.hosts.arrivals.filter(({ path }) => path === "/privacy/v1/sites/clinic-eu/cookie");

it("is renewed with the very text, expiry and attributes that the widget gave it, once a day", async () => {
  const context = await world.visitor({ locale: "en-US" });
  const page = await context.newPage();
  await page.goto(origin);
  const banner = page.locator("soglas-consent [part~=banner]");
  await banner.getByRole("button", { name: "Accept all" }).click();
  const cookie = async () => (await context.cookies()).find(({ name }) => name === "soglas_eu");
  await expect.poll(cookie, { timeout: 15_000 }).toBeDefined();
  const written = (await cookie())!;

  const answer = page.waitForResponse((response) => response.url().endsWith("/cookie"));
  await page.evaluate("dispatchEvent(new Event('visibilitychange'))");
  const header = await (await answer).headerValue("set-cookie");
  expect(header).toContain(`soglas_eu=${written.value};`);
  const renewed = (await cookie())!;
  expect({ ...renewed, expires: 0 }).toEqual({ ...written, expires: 0 });
  expect(Math.abs(renewed.expires - written.expires)).toBeLessThan(60);

  await page.reload();
  await page.locator("soglas-reopen").waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  expect(renewals()).toHaveLength(1);
  expect(world.logged.join()).not.toMatch(/s3cret/);
});
