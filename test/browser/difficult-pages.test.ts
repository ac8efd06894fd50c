/** Pages that change what every script relies on, move without being heard, or lose the interface script. */
import { expect, it } from "vitest";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { interrupt } from "./interruption.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const world = await sharedWorld();

const page = "https://www.clinic.test/services";
/** A page on which Metrika's own tag runs. */
const tagged = "https://www.clinic.test/online";
const vendorScript = () => world.atVendors().filter(({ path }) => path === "/metrika/tag.js");
const hits = () => world.atVendors().filter(({ path }) => !path.endsWith(".js"));
const withdraw = (clinic: ClinicPage) =>
  clinic.page.evaluate(() =>
    (window as unknown as { soglas: { withdraw(): Promise<void> } }).soglas.withdraw(),
  );

it("what a page has given to all arrays and all objects changes neither banner, cookie nor record, and stays", async () => {
  const clinic = await openClinic(await world.visitor());
  await clinic.page.addInitScript(() => {
    Object.assign(Array.prototype, { toJSON: () => "[theirs]" });
    Object.assign(Object.prototype, { extend() {}, remove() {} });
  });
  await clinic.goto(page);
  await clinic.acceptAll();
  await clinic.reopen.waitFor();
  expect(await clinic.banner.count()).toBe(0);
  await expect
    .poll(() => world.atGateway("/v1/sites/clinic/events").length, { timeout: 10_000 })
    .toBeGreaterThan(0);
  const [sent] = world.decisions("clinic");
  expect(sent!.offered).toEqual(["accept-all", "refuse-all", "choose"]);
  expect(await world.gateway.records.record("clinic", sent!.id)).not.toBeNull();
  const { events } = JSON.parse(world.atGateway("/v1/sites/clinic/events")[0]!.body) as {
    events: unknown;
  };
  expect(events).toMatchObject([{ name: "page_view" }]);
  expect((await clinic.page.context().cookies()).map(({ name }) => name)).toContain("soglas");
  expect(await clinic.page.evaluate(() => JSON.stringify([1]))).toBe('"[theirs]"');
});

it.each(["navigation.navigate", "a pushState taken before us"])(
  "a move by %s onto an excluded page ends the vendor's tag",
  async (how) => {
    const clinic = await openClinic(await world.visitor());
    await clinic.page.addInitScript(() => {
      const native = history.pushState;
      Object.assign(window, { move: (path: string) => native.call(history, null, "", path) });
      navigation.addEventListener("navigate", (event) => {
        if (event.canIntercept && event.info === "app") event.intercept();
      });
    });
    await clinic.goto(tagged);
    await clinic.acceptAll();
    await expect.poll(() => vendorScript().length).toBe(1);
    await expect.poll(hits).not.toEqual([]);
    world.forget();
    const reloaded = clinic.page.waitForEvent("load");
    await clinic.page.evaluate((by) => {
      if (by === "navigation.navigate")
        navigation.navigate("/diseases/hypertension", { info: "app" });
      else (window as unknown as { move(path: string): void }).move("/diseases/hypertension");
    }, how);
    await reloaded;
    expect(new URL(clinic.page.url()).pathname).toBe("/diseases/hypertension");
    await clinic.reopen.waitFor();
    expect(vendorScript()).toEqual([]);
    expect(await clinic.page.evaluate(() => "ym" in window)).toBe(false);
  },
);

it("a withdrawal while the interface script cannot be had takes the token and ends the tags at once", async () => {
  const context = await world.visitor();
  const first = await openClinic(context, tagged);
  await first.acceptAll();
  await expect.poll(() => first.storageKeys()).toContain("soglas.clinic.token");
  await first.page.close();
  const back = await Promise.all(
    ["w", "v1"].map((room) => interrupt(context, `https://${gatewayHost}/${room}/**`)),
  );

  const clinic = await openClinic(context, tagged);
  await expect.poll(hits).not.toEqual([]);
  world.forget();
  const reloaded = clinic.page.waitForEvent("load");
  await withdraw(clinic);
  await reloaded;
  expect(await clinic.storageKeys()).not.toContain("soglas.clinic.token");
  await clinic.reopen.waitFor();
  expect(vendorScript()).toEqual([]);

  // The control is asked again by the next click, once the script can be had.
  const failed = clinic.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const heard = ({ target }: Event) => {
          if (target instanceof HTMLScriptElement && target.src.endsWith("/ru.js")) resolve();
        };
        document.addEventListener("error", heard, true);
      }),
  );
  await clinic.reopen.click();
  await failed;
  for (const end of back) end();
  await clinic.reopen.click();
  await clinic.preferences.waitFor();
  await expect
    .poll(() => world.decisions("clinic").map(({ action }) => action))
    .toEqual(["withdraw"]);
  expect((await clinic.cookieNames()).filter((name) => name.startsWith("_ym"))).toEqual([]);
});

it("a page whose policy is to say its whole address says it to nobody", async () => {
  const clinic = await openClinic(await world.visitor());
  await clinic.page.addInitScript(() => {
    const meta = document.createElement("meta");
    Object.assign(meta, { name: "referrer", content: "unsafe-url" });
    new MutationObserver((_, observer) => {
      if (!document.head) return;
      observer.disconnect();
      document.head.append(meta);
    }).observe(document, { childList: true, subtree: true });
  });
  await clinic.goto("https://www.clinic.test/diseases/hypertension");
  await clinic.refuseAll();
  await expect.poll(() => world.decisions("clinic").length).toBe(1);
  const told = (part: string) => world.atGateway(part).map(({ headers }) => headers["referer"]);
  for (const part of ["/w/", "/v1/"])
    expect(new Set(told(part))).toEqual(new Set(["https://www.clinic.test/"]));
  // The page's own request does say it, so the policy was in force.
  await clinic.page.evaluate(
    (url) => fetch(url, { mode: "no-cors" }),
    `https://${gatewayHost}/own`,
  );
  expect(told("/own")).toEqual(["https://www.clinic.test/diseases/hypertension"]);
});

it("a decision in a frame whose document its page has written has a record, and stands", async () => {
  const clinic = await openClinic(await world.visitor(), page);
  await clinic.page.evaluate((tag) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { id: "written", width: 600, height: 600 });
    frame.srcdoc = `<!doctype html><html lang="ru"><title>written</title><script src="${tag}"></script>`;
    document.body.append(frame);
  }, `https://${gatewayHost}/s/clinic.js`);
  await clinic.page
    .frameLocator("#written")
    .locator("soglas-consent [part~=banner] [part=button]")
    .first()
    .dispatchEvent("click");
  const tokens = () => clinic.storageKeys();
  await expect.poll(tokens, { timeout: 10_000 }).toContain("soglas.clinic.token");
  const [sent] = world.decisions("clinic");
  expect(sent!.page).toBe("/srcdoc");
});

it("a page that breaks what raises the banner does not break what waited behind the banner", async () => {
  const clinic = await openClinic(await world.visitor());
  await clinic.page.addInitScript(() => {
    HTMLElement.prototype.showPopover = () => {
      throw new Error("theirs");
    };
    const accept = ({ target }: Event) => {
      // The banner waits for its script since the tag has run, and this behind it.
      if (target instanceof HTMLScriptElement && new URL(target.src).pathname === "/s/clinic.js")
        void (window as unknown as { soglas: { accept(): Promise<void> } }).soglas.accept();
    };
    document.addEventListener("load", accept, true);
  });
  await clinic.goto(page);
  await expect
    .poll(() => world.decisions("clinic").map(({ control }) => control))
    .toEqual(["accept-all"]);
  await expect.poll(clinic.cookieNames).toContain("soglas");
});

it("a page that breaks a vendor's part leaves its visitor the choices, and a withdrawal", async () => {
  const context = await world.visitor();
  const first = await openClinic(context, page);
  await first.acceptAll();
  await expect.poll(() => world.decisions("clinic").length).toBe(1);
  await first.page.close();
  const clinic = await openClinic(context);
  await clinic.page.addInitScript(() => Object.assign(window, { ym: {} }));
  const broken = clinic.page.waitForEvent("pageerror");
  await clinic.goto(tagged);
  expect((await broken).message).toContain("ym");
  await clinic.reopen.click();
  await clinic.preferences.waitFor();
  await withdraw(clinic);
  await expect
    .poll(() => world.decisions("clinic").map(({ control }) => control))
    .toEqual(["accept-all", "withdraw"]);
});

it("a page that breaks what stops a vendor's tag is reloaded by a withdrawal, which is recorded", async () => {
  const clinic = await openClinic(await world.visitor(), tagged);
  await clinic.acceptAll();
  await expect.poll(hits).not.toEqual([]);
  await clinic.page.evaluate(() => {
    const value = () => {
      throw new Error("theirs");
    };
    Object.defineProperty(window, "ym", { value, configurable: true });
  });
  const reloaded = clinic.page.waitForEvent("load");
  // The reload may come before the call's own answer does.
  await Promise.all([reloaded, withdraw(clinic).catch(() => {})]);
  await clinic.reopen.waitFor();
  await expect
    .poll(() => world.decisions("clinic").map(({ control }) => control))
    .toEqual(["accept-all", "withdraw"]);
  expect(vendorScript()).toHaveLength(1);
  expect(await clinic.page.evaluate(() => "ym" in window)).toBe(false);
});
