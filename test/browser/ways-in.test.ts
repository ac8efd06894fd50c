/** Google's own tag pointed at the gateway, the tracker's own eyes, and page code written for vendors' tags. */
import { beforeAll, describe, expect, it } from "vitest";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { sharedWorld } from "./world.ts";

const russian = "https://www.clinic.test";
const european = "https://www.clinic-eu.test";
const patience = { timeout: 15_000 };

const world = await sharedWorld();
beforeAll(async () => {
  await world.publish("clinic-eu", ({ services }) => {
    services.find(({ id }) => id === "ga4")!.profile = "direct";
  });
  await world.publish("clinic", ({ services }) => {
    services.find(({ id }) => id === "metrika-clean")!.calls = true;
  });
});

/** What the gateway sent to the vendors, parsed. */
const forwarded = () =>
  world.demo.recording
    .hits()
    .filter(({ sender }) => sender === "server")
    .flatMap(({ events }) => events);
const hits = () => world.atGateway("/t/clinic-eu/g/collect");
const decided = (site: string) =>
  expect.poll(() => world.decisions(site).length, patience).toBeGreaterThan(0);
const sent = () =>
  world
    .atGateway("/v1/sites/clinic/events")
    .flatMap(({ body }) => JSON.parse(body).events as { name: string; url: string }[]);
const run = (clinic: ClinicPage, script: string) => clinic.page.evaluate(script);

describe("Google's own tag, pointed at the gateway", () => {
  const address = `${european}/eu/online?gclid=Cj0K_click`;

  it("loads after the grant, sends to the gateway alone, and reaches Google cleaned", async () => {
    const clinic = await openClinic(await world.visitor(), address);
    await clinic.banner.waitFor();
    expect([world.atVendors(), hits()]).toEqual([[], []]);
    await clinic.acceptAll();
    await expect.poll(() => hits().length, patience).toBeGreaterThan(0);
    await run(clinic, `gtag("event", "lead", { method: "phone" }); gtag("event", "second")`);
    await expect
      .poll(
        () =>
          forwarded()
            .filter(({ tid }) => tid === "G-RODNIK01")
            .map(({ en }) => en),
        {
          timeout: 15_000,
        },
      )
      .toEqual(expect.arrayContaining(["page_view", "lead", "second"]));
    const google = world.atVendors().filter(({ host }) => host.includes("google"));
    expect(google.map(({ path }) => path.split("?")[0])).toEqual(["/gtag/js"]);
    const wire = JSON.stringify(hits());
    const id = (await clinic.page.context().cookies()).find(({ name }) => name === "_ga")!.value;
    const visitor = id.split(".").slice(-2).join(".");
    // The tag said who it is, and the gateway does not pass it on.
    expect(wire).toContain(visitor);
    const left = JSON.stringify(forwarded());
    for (const identity of [visitor, "Cj0K_click", "soglas_token"])
      expect(left).not.toContain(identity);
    expect(world.demo.recording.hits().flatMap(({ problems }) => problems)).toEqual([]);
  });

  it("is silent after a refusal, and stops with a withdrawal", async () => {
    const refusing = await openClinic(await world.visitor(), address);
    await refusing.refuseAll();
    await decided("clinic-eu");
    await refusing.page.waitForTimeout(700);
    expect([world.atVendors(), hits()]).toEqual([[], []]);

    const clinic = await openClinic(await world.visitor(), address);
    await clinic.acceptAll();
    await expect.poll(() => hits().length, patience).toBeGreaterThan(0);
    await clinic.withdrawEverything();
    await expect.poll(() => world.decisions("clinic-eu").length, patience).toBe(3);
    world.forget();
    // The tag sends by itself every three seconds while it runs.
    await clinic.page.waitForTimeout(3500);
    expect(hits()).toEqual([]);
  });
});

describe("the tracker", () => {
  it("tells of a download and of the time a page was looked at, once the page is left", async () => {
    const clinic = await openClinic(await world.visitor(), `${russian}/contacts`);
    await clinic.acceptAll();
    await expect.poll(() => sent().length, patience).toBe(1);
    await run(
      clinic,
      `const link = Object.assign(document.createElement("a"), { href: "/price.pdf", download: "", textContent: "prices" });
       link.addEventListener("click", (event) => event.preventDefault());
       document.body.append(link); link.click();`,
    );
    await clinic.page.waitForTimeout(1200);
    await clinic.goto(`${russian}/services`);
    await expect
      .poll(() => sent().map(({ name, url }) => `${name} ${new URL(url).pathname}`), patience)
      .toEqual([
        "page_view /contacts",
        "file_download /contacts",
        "user_engagement /contacts",
        "page_view /services",
      ]);
  });
});

describe("page code written for Metrika's tag", () => {
  const page = `
    window.ym = window.ym || function () { (window.ym.a = window.ym.a || []).push(arguments); };
    ym(10000002, "init", { clickmap: true });
    ym(10000002, "reachGoal", "early", { plan: "gold" });
    ym(10000001, "reachGoal", "theirs");`;

  it("keeps working without it: nothing before the grant, early and late calls after it", async () => {
    const context = await world.visitor();
    await context.addInitScript(page);
    const clinic = await openClinic(context, `${russian}/contacts`);
    await clinic.banner.waitFor();
    await clinic.acceptAll();
    await expect.poll(() => sent().map(({ name }) => name), patience).toEqual(["page_view"]);
    await run(clinic, `ym(10000002, "reachGoal", "late"); ym(10000001, "reachGoal", "theirs")`);
    await expect
      .poll(() => sent().map(({ name }) => name), patience)
      .toEqual(["page_view", "late"]);
    world.forget();
    await clinic.goto(`${russian}/services`);
    await expect
      .poll(
        () =>
          sent()
            .map(({ name }) => name)
            .filter((name) => name !== "user_engagement"),
        patience,
      )
      .toEqual(["page_view", "early"]);
    await expect
      .poll(() => forwarded().map(({ t, ea }) => ea ?? t), patience)
      .toEqual(expect.arrayContaining(["pageview", "early"]));
    expect(world.atVendors()).toEqual([]);
    expect(JSON.stringify(forwarded())).not.toContain("theirs");
  });
});
