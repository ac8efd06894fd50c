/** What the browser puts on the wire before a choice, after a grant, after a refusal and after a withdrawal. */
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { sharedWorld } from "./world.ts";

const world = await sharedWorld();

const booking = "https://www.clinic-eu.test/eu/online";
const vendorName = /^(_ga|_gid|_gat|_ym|metrika_enabled)/;

const vendorRequests = () => world.atVendors().map(({ host, path }) => host + path.split("?")[0]);
const scripts = ["www.googletagmanager.com/gtag/js", "mc.yandex.ru/metrika/tag.js"];
const vendorTraces = async (clinic: ClinicPage) =>
  [...(await clinic.cookieNames()), ...(await clinic.storageKeys())].filter((name) =>
    vendorName.test(name),
  );

/** The vendor stand-ins send by themselves every few seconds, so a page that is measured shows it. */
async function measured(): Promise<void> {
  await expect
    .poll(vendorRequests, { timeout: 10_000 })
    .toEqual(
      expect.arrayContaining([
        ...scripts,
        "region1.google-analytics.com/g/collect",
        expect.stringMatching(/^mc\.yandex\.ru\/watch\//),
      ]),
    );
}

describe("a first visit", () => {
  it("asks no vendor for anything and stores nothing before the choice", async () => {
    const clinic = await openClinic(await world.visitor(), booking);
    await clinic.banner.waitFor();
    await clinic.page.mouse.wheel(0, 2000);
    await clinic.page.getByRole("button", { name: /Book|Записаться/ }).click();
    await delay(3500);
    expect(vendorRequests()).toEqual([]);
    expect(await clinic.cookieNames()).toEqual([]);
    expect(await clinic.storageKeys()).toEqual([]);
    expect(await clinic.page.context().cookies()).toEqual([]);
  });

  it("sets every consent mode type to denied before any tag, and updates once per decision", async () => {
    const clinic = await openClinic(await world.visitor(), booking);
    await clinic.banner.waitFor();
    await clinic.acceptAll();
    await measured();
    const commands = await clinic.page.evaluate(() =>
      (window as unknown as { dataLayer: ArrayLike<unknown>[] }).dataLayer.map((entry) =>
        Array.from(entry).slice(0, 3),
      ),
    );
    const consent = commands.filter(([name]) => name === "consent");
    expect(commands[0]?.[0]).toBe("consent");
    expect(consent.map(([, kind]) => kind)).toEqual(["default", "update"]);
    expect(new Set(Object.values(consent[0]![2] as object))).toEqual(new Set(["denied"]));
    expect(consent[1]![2]).toMatchObject({ analytics_storage: "granted" });
  });
});

describe("a grant", () => {
  it("loads Google Analytics and Metrika once each, records no session, and on later pages does not ask", async () => {
    const clinic = await openClinic(await world.visitor(), booking);
    await clinic.banner.waitFor();
    // What is asked of Metrika's tag, before the tag takes over.
    await clinic.page.evaluate(() => {
      const calls: unknown[] = [];
      const told = (...call: unknown[]) => void calls.push(call);
      Object.assign(window, { calls, ym: Object.assign(told, { a: calls }) });
    });
    await clinic.acceptAll();
    await measured();
    expect(vendorRequests().filter((request) => scripts.includes(request))).toHaveLength(2);
    expect(await clinic.page.evaluate("calls.filter(([, method]) => method === 'init')")).toEqual([
      [expect.any(Number), "init", expect.objectContaining({ webvisor: false, clickmap: false })],
    ]);
    expect(await vendorTraces(clinic)).toEqual(expect.arrayContaining(["_ga", "_ym_uid"]));

    world.forget();
    await clinic.goto(booking);
    await measured();
    expect(await clinic.banner.count()).toBe(0);
    expect(world.atGateway("/w/")).toEqual([]);
    await expect.poll(() => clinic.reopen.isVisible()).toBe(true);
  });

  it("of one service loads that service alone", async () => {
    const clinic = await openClinic(await world.visitor(), booking);
    await clinic.choose(["metrika"]);
    await expect.poll(vendorRequests).toContain("mc.yandex.ru/metrika/tag.js");
    await delay(3500);
    expect(vendorRequests().filter((request) => request.includes("google"))).toEqual([]);
  });

  it("sends nothing about excluded pages, by tag neither", async () => {
    const clinic = await openClinic(await world.visitor(), booking);
    await clinic.acceptAll();
    await measured();
    const disease = await clinic.page.evaluate(async () => {
      const list = await (await fetch("/eu/diseases")).text();
      return /href="(\/eu\/diseases\/[^"?]+)/.exec(list)![1]!;
    });
    // What the page before it has to say is said by then: all that arrives afterwards is of the excluded one.
    await clinic.goto("about:blank");
    await delay(1500);
    world.forget();
    await clinic.goto(`https://www.clinic-eu.test${disease}`);
    await expect.poll(() => clinic.reopen.isVisible()).toBe(true);
    await delay(3500);
    expect(vendorRequests()).toEqual([]);
    expect(world.atGateway("/v1/sites/clinic-eu/events")).toEqual([]);
    const clinicHost = "www.clinic-eu.test";
    const elsewhere = world.hosts.arrivals.filter(({ host }) => host !== clinicHost);
    expect(JSON.stringify(elsewhere)).not.toContain(disease);
  });
});

describe("a refusal", () => {
  it("loads nothing, now and on later pages, and is remembered without an id in the eu profile", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, booking);
    await clinic.refuseAll();
    await expect.poll(() => world.decisions("clinic-eu").length).toBe(1);
    await clinic.goto(booking);
    await expect.poll(() => clinic.reopen.isVisible()).toBe(true);
    await delay(3500);
    expect(vendorRequests()).toEqual([]);
    expect(await clinic.banner.count()).toBe(0);
    const { secret } = world.decisions("clinic-eu")[0]!;
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ name: "soglas_eu", sameSite: "Lax", secure: true });
    expect(cookie!.value).not.toContain(secret);
    expect(JSON.stringify(await clinic.page.evaluate(() => ({ ...localStorage })))).not.toContain(
      secret,
    );
  });
});

describe("a withdrawal", () => {
  it("ends all vendor traffic for 30 s and the unload, and removes what was stored on every level", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, booking);
    await clinic.acceptAll();
    await measured();
    // As older tags of the same vendors would have left them on other levels of the domain and path.
    await clinic.page.evaluate(() => {
      document.cookie = "_gid=1; domain=www.clinic-eu.test; path=/eu";
      document.cookie = "_ym_visorc_1=b; domain=.clinic-eu.test; path=/";
      document.cookie = "_gat_x=1; path=/eu/";
    });
    await clinic.withdrawEverything();
    await expect.poll(() => world.decisions("clinic-eu").length).toBe(2);
    await expect.poll(() => vendorTraces(clinic)).toEqual([]);
    // Requests that were on their way when the visitor clicked have arrived by now.
    await delay(1500);
    world.forget();
    await delay(30_000);
    await clinic.goto("about:blank");
    await delay(1000);
    expect(vendorRequests()).toEqual([]);

    const left = (await context.cookies()).filter(({ name }) => vendorName.test(name));
    expect(left.filter(({ domain }) => domain.includes("clinic-eu.test"))).toEqual([]);
  });

  it("is one click from every page, and its record follows the grant of the same subject", async () => {
    const clinic = await openClinic(await world.visitor(), booking);
    await clinic.banner.waitFor();
    expect(await clinic.withdrawControl.isVisible()).toBe(false);
    await clinic.acceptAll();
    await measured();
    for (const path of ["/eu", "/eu/services", "/eu/diseases", "/eu/policy"]) {
      await clinic.goto(`https://www.clinic-eu.test${path}`);
      await expect.poll(() => clinic.withdrawControl.isVisible()).toBe(true);
    }
    await clinic.withdrawControl.click();
    await withdrawn();
    await expect.poll(() => clinic.withdrawControl.isVisible()).toBe(false);
    expect(world.decisions("clinic-eu")[1]).toMatchObject({ place: "api" });
  });

  it("is one more click in the preferences, with the same record", async () => {
    const clinic = await openClinic(await world.visitor(), booking);
    await clinic.acceptAll();
    await measured();
    await clinic.goto("https://www.clinic-eu.test/eu/services");
    await clinic.withdrawEverything();
    await withdrawn();
    expect(world.decisions("clinic-eu")[1]).toMatchObject({ place: "preferences" });
  });

  async function withdrawn(): Promise<void> {
    await expect.poll(() => world.decisions("clinic-eu").length).toBe(2);
    const [grant, withdrawal] = world.decisions("clinic-eu");
    expect(withdrawal).toMatchObject({ action: "withdraw", control: "withdraw", counter: 2 });
    expect(withdrawal!.secret).toBe(grant!.secret);
    expect(new Set(Object.values(withdrawal!.services))).toEqual(new Set(["denied"]));
    expect(new Set(Object.values(withdrawal!.purposes))).toEqual(new Set(["denied"]));
  }
});

describe("marked parts of the page", () => {
  const contacts = "https://www.clinic.test/contacts";
  const marked = (clinic: ClinicPage) =>
    clinic.page.evaluate(() => ({
      frame: document.querySelector("iframe.map")?.getAttribute("src") ?? "",
      script: document.querySelector("#tour button") !== null,
      template: document.querySelector("p.film") !== null,
    }));

  it("wait for their purpose, come with the grant and go with the withdrawal", async () => {
    const clinic = await openClinic(await world.visitor(), contacts);
    await clinic.banner.waitFor();
    expect(await marked(clinic)).toEqual({ frame: "", script: false, template: false });
    expect(world.hosts.arrivals.some(({ path }) => path.startsWith("/stand-in/map"))).toBe(false);
    await clinic.acceptAll();
    await expect
      .poll(() => marked(clinic))
      .toEqual({
        frame: expect.stringContaining("/stand-in/map"),
        script: true,
        template: true,
      });
    await clinic.withdrawEverything();
    await expect
      .poll(() => marked(clinic))
      .toEqual({
        frame: expect.stringMatching(/^(about:blank)?$/),
        script: false,
        template: false,
      });
  });
});
