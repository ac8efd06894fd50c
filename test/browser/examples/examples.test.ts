/**
 * The examples of frameworks, built and run as their users would, against the real gateway: nothing before
 * consent, the embed opens in place and goes again, moves without a page load keep all of it.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { publishOrdinary } from "../../sites/ordinary.ts";
import { openClinic } from "../clinic.ts";
import type { Handler } from "../hosts.ts";
import { gatewayHost, openWorld, type World } from "../world.ts";
import { nextExample, viteExample } from "./built.ts";

const origin = "https://www.shop.test";
const map = "https://maps.shop.test/embed";
const addresses = { tag: `https://${gatewayHost}/s/ordinary.js`, map };

let world: World;
let next: Awaited<ReturnType<typeof nextExample>>;
const built: Record<string, Handler> = {};
beforeAll(async () => {
  // Next takes longest, most of it on one core: the others are made meanwhile.
  [next, world] = await Promise.all([
    nextExample(addresses),
    openWorld({
      "www.shop.test": (request, env) => {
        const example = built[new URL(request.url).pathname.split("/")[1]!];
        return (example ?? next.pages)(request, env);
      },
      "maps.shop.test": () =>
        new Response("<p>A map</p>", { headers: { "Content-Type": "text/html" } }),
    }),
    ...(["react", "vue", "svelte"] as const).map(async (name) => {
      built[name] = await viteExample(name, addresses);
    }),
  ]);
  await publishOrdinary(world.gateway.sites, origin);
});
afterAll(async () => {
  await world.close();
  await next.close();
});
beforeEach(() => world.empty());

const atMap = () => world.hosts.arrivals.filter(({ host }) => host === "maps.shop.test").length;

it.each([
  ["react", "/react/"],
  ["vue", "/vue/"],
  ["svelte", "/svelte/"],
  ["next", "/"],
])("%s", async (_, path) => {
  const clinic = await openClinic(await world.visitor({ locale: "en" }));
  const { page } = clinic;
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await clinic.goto(origin + path);
  await clinic.banner.waitFor();
  await page.evaluate(() => Object.assign(window, { same: true }));

  // Before any choice: a placeholder that leads to the choices.
  await page.getByRole("link", { name: "Map" }).click();
  await page.getByText("The map is shown once you allow it.").waitFor();
  expect([atMap(), world.atVendors()]).toEqual([0, []]);
  await page.getByRole("button", { name: "Choose", exact: true }).last().click();
  await clinic.preferences.waitFor();
  await page.keyboard.press("Escape");

  await clinic.acceptAll();
  await page.frameLocator("iframe[title=Map]").getByText("A map").waitFor();
  await expect.poll(() => world.decisions("ordinary").length).toBe(1);
  await expect.poll(() => world.atVendors().length).toBeGreaterThan(0);

  // Moving on and back is no page load; the choice stands, and so does the way back to it.
  await page.getByRole("link", { name: "Start" }).click();
  await page.getByRole("heading", { name: "Lamps" }).waitFor();
  await page.getByRole("link", { name: "Map" }).click();
  await page.frameLocator("iframe[title=Map]").getByText("A map").waitFor();
  expect(await page.evaluate(() => "same" in window)).toBe(true);
  expect(await clinic.reopen.count()).toBe(1);

  // A later visit has it at once, without being asked.
  const asked = atMap();
  await page.reload();
  if (path !== "/") await page.getByRole("link", { name: "Map" }).click();
  await expect.poll(atMap).toBeGreaterThan(asked);
  expect(await clinic.banner.count()).toBe(0);

  await page.getByRole("button", { name: "My choices" }).click();
  await clinic.preferences.waitFor();
  await clinic.withdrawEverything();
  await page.getByText("The map is shown once you allow it.").waitFor();
  expect(await page.locator("iframe[title=Map]").count()).toBe(0);
  expect(complaints).toEqual([]);
});

it("what Next renders on its server grants nothing, and holds the tag", async () => {
  const html = await next.rendered("/map");
  expect(html).toContain("is shown once you allow it.");
  expect(html).not.toContain("<iframe");
  expect(html).toContain(addresses.tag);
});
