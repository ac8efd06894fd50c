/** Looks that few sites have: the banner in an element of the page, compact, with a logo. */
import { beforeAll, expect, it } from "vitest";
import { gatewayHost, sharedWorld } from "./world.ts";

const origin = "https://plain.test";
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="24"><rect width="80" height="24"/></svg>`;

/** `/` has an element for the banner, every other page has not. */
function plain(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname === "/logo.svg")
    return new Response(logo, { headers: { "Content-Type": "image/svg+xml" } });
  const spot = pathname === "/" ? "<aside data-soglas-inline></aside>" : "";
  return new Response(
    `<!doctype html><html lang="en"><title>Plain</title><h1>Before</h1>${spot}<p>After</p><script async src="https://${gatewayHost}/s/clinic-eu.js"></script>`,
    { headers: { "Content-Type": "text/html" } },
  );
}

const world = await sharedWorld({ "plain.test": plain });
beforeAll(() =>
  world.publish("clinic-eu", (site) => {
    site.origins.push(origin);
    site.banner = { ...site.banner, placement: "inline", density: "compact", logo: "/logo.svg" };
  }),
);

it("stands in the page's element, between what is before and after it, and decides as everywhere", async () => {
  const context = await world.visitor({ locale: "en-US" });
  const page = await context.newPage();
  const shown = page.waitForRequest(`${origin}/logo.svg`);
  await page.goto(origin);
  const banner = page.locator("aside soglas-consent [part~=banner]");
  await banner.waitFor();
  await shown;
  const box = async (selector: string) => (await page.locator(selector).boundingBox())!;
  const [before, own, after] = [
    await box("h1"),
    (await banner.boundingBox())!,
    await box("body > p"),
  ];
  expect(own.y).toBeGreaterThanOrEqual(before.y + before.height);
  expect(after.y).toBeGreaterThanOrEqual(own.y + own.height);
  expect(own.height).toBeGreaterThan(100);
  for (const target of await banner.locator("button, summary, [part=links] a").all())
    expect((await target.boundingBox())!.height).toBeGreaterThanOrEqual(44);

  // An application draws itself anew: the banner follows into the new element.
  await page.evaluate(
    "document.body.innerHTML = '<h1>Anew</h1><aside data-soglas-inline></aside><p>After</p>'",
  );
  await banner.waitFor();
  await banner.getByRole("button", { name: "Accept all" }).click();
  await expect.poll(() => world.decisions("clinic-eu").length, { timeout: 15_000 }).toBe(1);
  expect(await banner.count()).toBe(0);
});

it("is a bar at the lower edge of a page that has no element for it", async () => {
  const context = await world.visitor({ locale: "en-US", viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(`${origin}/other`);
  const banner = page.locator("soglas-consent [part~=banner]");
  await banner.waitFor();
  const own = (await banner.boundingBox())!;
  expect(own.y + own.height).toBeGreaterThan(680);
  expect(own.width).toBeGreaterThan(1200);
});
