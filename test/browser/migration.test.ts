/** Visitors who chose with another tool are not asked again; their choice is honoured, and is no record. */
import { beforeAll, expect, it } from "vitest";
import { openClinic } from "./clinic.ts";
import { sharedWorld } from "./world.ts";

const page = "https://www.clinic-eu.test/eu/contacts";
const asked = ["analytics", "marketing", "media"];
const named = (...names: string[]) =>
  Object.fromEntries(asked.map((purpose, index) => [purpose, [names[index]!]]));

const world = await sharedWorld();
beforeAll(() =>
  world.publish("clinic-eu", (site) => {
    site.migrate = [
      { from: "vanilla-cookieconsent", purposes: named("stats", "ads", "media") },
      { from: "klaro", purposes: named("matomo", "ads", "youtube") },
      { from: "tarteaucitron", purposes: named("gtag", "ads", "youtube") },
      { from: "orejime", purposes: named("stats", "ads", "video") },
      { from: "cookiebot", purposes: named("statistics", "marketing", "preferences") },
    ];
  }),
);

const now = Date.now();
const moment = new Date(now - 86_400_000).toISOString();

it.each([
  ["cc_cookie", `{"categories":["stats"],"consentTimestamp":"${moment}"}`],
  ["klaro", '{"matomo":true,"ads":false,"youtube":false}'],
  ["tarteaucitron", "!gtag=true!ads=false!youtube=false"],
  ["eu-consent", '{"stats":true,"ads":false,"video":false}'],
  [
    "CookieConsent",
    `{stamp:'x',necessary:true,preferences:false,statistics:true,marketing:false,method:'explicit',ver:1,utc:${now},region:'de'}`,
  ],
])("who chose with an earlier tool is not asked again: %s, %s", async (name, value) => {
  const context = await world.visitor();
  await context.addCookies([
    {
      name,
      value: encodeURIComponent(value),
      domain: "www.clinic-eu.test",
      path: "/",
      secure: true,
    },
  ]);
  const clinic = await openClinic(context, page);
  await clinic.reopen.waitFor();
  expect(await clinic.banner.count()).toBe(0);
  const granted = () =>
    clinic.page.evaluate(
      () =>
        (window as unknown as { soglas: { consent(): { granted: string[] } } }).soglas.consent()
          .granted,
    );
  expect((await granted()).filter((id) => asked.includes(id))).toEqual(["analytics"]);
  const ours = (await context.cookies()).find((cookie) => cookie.name === "soglas_eu")!;
  expect(ours.value).toMatch(/^1\.\.0\./);
  expect(world.decisions("clinic-eu")).toEqual([]);

  // The first decision made here is a first one, and the old cookie does not undo it.
  await clinic.withdrawEverything();
  await expect.poll(() => world.decisions("clinic-eu").length).toBe(1);
  expect(world.decisions("clinic-eu")[0]).toMatchObject({ action: "first", control: "withdraw" });
  await context.clearCookies({ name: "soglas_eu" });
  await clinic.page.reload();
  await clinic.banner.waitFor();
  expect((await granted()).filter((id) => asked.includes(id))).toEqual([]);
});

it("a choice that leaves something open is none: the visitor is asked", async () => {
  const context = await world.visitor();
  await context.addCookies([
    {
      name: "klaro",
      value: '{"matomo":true}',
      domain: "www.clinic-eu.test",
      path: "/",
      secure: true,
    },
  ]);
  const clinic = await openClinic(context, page);
  await clinic.banner.waitFor();
});
