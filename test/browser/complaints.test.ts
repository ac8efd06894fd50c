/** What users of consent tools complain of, where no other test shows it (docs/complaints.md has the whole list). */
import { expect, it } from "vitest";
import { openClinic } from "./clinic.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const world = await sharedWorld();

/** A page with the vendors' own tags: Google Analytics and Metrika. */
const booking = "https://www.clinic-eu.test/eu/online";
const withoutHash = (path: string) => path.replaceAll(/[\w-]{43}/g, "{hash}");

it("slow click on Accept: the banner is gone and the page painted before any vendor's script is asked for", async () => {
  const clinic = await openClinic(await world.visitor());
  await clinic.page.addInitScript(() => {
    const order: string[] = [];
    Object.assign(window, { order });
    document.addEventListener("click", () => {
      order.push("clicked");
      const shown = () => document.querySelector("soglas-consent")!.shadowRoot!;
      // Told of sizes in the last step of a frame in which a script can run: what comes after it is drawn already.
      const frame = new ResizeObserver(() => {
        frame.disconnect();
        const banner = shown().querySelector("[part~=banner]");
        order.push(`drawn ${banner ? "with" : "without"} banner`);
      });
      frame.observe(document.body);
    });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node instanceof HTMLScriptElement && /google|yandex/.test(node.src))
            order.push(`asks ${new URL(node.src).host}`);
    }).observe(document, { childList: true, subtree: true });
  });
  await clinic.goto(booking);
  await clinic.acceptAll();
  const order = () => clinic.page.evaluate(() => (window as unknown as { order: string[] }).order);
  await expect.poll(async () => (await order()).length).toBe(4);
  expect((await order()).slice(0, 2)).toEqual(["clicked", "drawn without banner"]);
  expect((await order()).slice(2).toSorted()).toEqual([
    "asks mc.yandex.ru",
    "asks www.googletagmanager.com",
  ]);
});

it("early clicks lost: a click in the moment the banner appears is a decision, with its record", async () => {
  const clinic = await openClinic(await world.visitor());
  await clinic.page.addInitScript(() => {
    const native = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = native.call(this, init);
      new MutationObserver((_, observer) => {
        const button = root.querySelector<HTMLElement>("[part~=banner] button");
        if (button) observer.disconnect();
        button?.click();
      }).observe(root, { childList: true, subtree: true });
      return root;
    };
  });
  await clinic.goto(booking);
  await expect.poll(() => world.decisions("clinic-eu").length).toBe(1);
  expect(world.decisions("clinic-eu")[0]).toMatchObject({ control: "accept-all", place: "banner" });
});

it("hidden from automation: a browser that says it is driven by a program sees the banner too", async () => {
  const context = await world.visitor({
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/147.0.0.0",
  });
  await context.addInitScript("Object.defineProperty(navigator, 'webdriver', { get: () => true })");
  const clinic = await openClinic(context, booking);
  await clinic.banner.waitFor();
  expect(await clinic.page.evaluate("[navigator.webdriver, navigator.userAgent]")).toEqual([
    true,
    expect.stringContaining("HeadlessChrome"),
  ]);
});

it("everything for everyone: a first visit asks for two scripts in one language, and for no style sheet", async () => {
  const clinic = await openClinic(await world.visitor({ locale: "en-US" }));
  const bodies: Promise<string>[] = [];
  clinic.page.on("response", (response) => {
    if (response.url().includes(`${gatewayHost}/w/`)) bodies.push(response.text());
  });
  await clinic.goto(booking);
  await clinic.banner.waitFor();
  const asked = world.atGateway("/").map(({ path }) => withoutHash(path));
  // The recorder comes once the banner stands, while the browser is idle.
  expect(asked.filter((path) => !path.endsWith("/record.js"))).toEqual([
    "/s/clinic-eu.js",
    expect.stringMatching(/^\/w\/clinic-eu\/\{hash\}\/(en|ru)\.js$/),
  ]);
  await clinic.acceptAll();
  await expect.poll(() => world.decisions("clinic-eu").length).toBe(1);
  const language = asked[1]!.slice(-5, -3);
  const other = language === "en" ? "Принять всё" : "Accept all";
  for (const body of await Promise.all(bodies)) expect(body).not.toContain(other);
});

/**
 * What rules for every site are made of in EasyList Cookie, AdGuard's annoyances and EasyPrivacy, as they were in
 * 2026. Their rules on "consent" want something after it: a separator, or what the consent is of or shown in.
 */
const words = [
  ["cookie", "consent(?!s?$)", "policy", "privacy", "banner", "popup", "notice", "overlay"],
  ["gdpr", "dsgvo", "rgpd", "rodo", "lgpd", "ccpa", "cnil", "cmp", "tcf"],
  ["analytic", "track", "metric", "statistic", "stats?\\b", "beacon", "pixel", "telemetry"],
  ["counter", "collect", "\\bping\\b", "\\blog\\b", "\\bad[sv]?\\b"],
];
const listed = new RegExp(words.flat().join("|"), "i");

it("filter lists: no address, element, class, id, cookie or storage key of ours has a word that they match", async () => {
  for (const theirs of ["/js/cookie-law.js", "/consent/message.js", "amp-consent-x", "/g/collect"])
    expect(theirs).toMatch(listed);
  const context = await world.visitor();
  const clinic = await openClinic(context, "https://www.clinic.test/services");
  const names = () =>
    clinic.page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .filter((element) => element.shadowRoot)
        .flatMap((host) => [host, ...host.shadowRoot!.querySelectorAll("*")])
        .flatMap(({ localName, id, classList }) => [localName, id, ...classList])
        .filter((name) => name),
    );
  await clinic.banner.waitFor();
  const seen = await names();
  await clinic.acceptAll();
  await expect.poll(() => world.atGateway("/v1/sites/clinic/events").length).toBeGreaterThan(0);
  await clinic.openPreferences();
  await clinic.preferences.locator("[part=mine] [part=id]").waitFor();
  seen.push(...(await names()));
  await clinic.reopen.waitFor({ state: "attached" });
  const cookies = (await context.cookies()).filter(({ value }) => value.startsWith("1."));
  seen.push(...cookies.map(({ name }) => name));
  seen.push(...(await clinic.storageKeys()).filter((key) => key.startsWith("soglas.")));
  seen.push(...world.atGateway("/").map(({ path }) => withoutHash(path)));
  expect(seen).toEqual(
    expect.arrayContaining(["soglas-consent", "soglas-reopen", "soglas", "/s/clinic.js"]),
  );
  expect([...new Set(seen)].filter((name) => listed.test(name))).toEqual([]);
});

it("filter lists: who blocks the tag, or all that it loads, is measured by nobody and has a page that works", async () => {
  for (const blocked of [`https://${gatewayHost}/**`, `https://${gatewayHost}/{w,v1}/**`]) {
    const context = await world.visitor({ locale: "en-US" });
    await context.route(blocked, (route) => route.abort());
    const clinic = await openClinic(context);
    const errors: string[] = [];
    clinic.page.on("pageerror", ({ message }) => errors.push(message));
    await clinic.goto(booking);
    await clinic.page.getByRole("button", { name: /^(Book|Записаться)$/ }).click();
    await clinic.page
      .getByRole("status")
      .getByText(/Thank you|Спасибо/)
      .waitFor();
    await clinic.page.getByRole("link", { name: /^(Services|Услуги)$/ }).click();
    await clinic.page.waitForURL("**/eu/services");
    expect(errors).toEqual([]);
    expect(await context.cookies()).toEqual([]);
  }
  expect(world.atVendors()).toEqual([]);
});

it("asked again for nothing: other wording asks nobody, another recipient asks everybody, once", async () => {
  const context = await world.visitor();
  // Past the browser's cache, as if its five minutes were over.
  await context.route(`https://${gatewayHost}/s/**`, (route) => route.continue());
  const clinic = await openClinic(context, booking);
  await clinic.acceptAll();
  await expect.poll(() => world.decisions("clinic-eu").length).toBe(1);

  await world.publish("clinic-eu", (site) => {
    site.services[0]!.description = { en: "Counts visits.", ru: "Считает посещения." };
    site.banner = { ...site.banner, accent: "#123456" };
  });
  await clinic.goto(booking);
  await clinic.reopen.waitFor();
  expect(await clinic.banner.count()).toBe(0);

  await world.publish("clinic-eu", (site) => {
    site.services[0]!.recipient.name = "Somebody else";
  });
  await clinic.goto(booking);
  await clinic.acceptAll();
  await expect.poll(() => world.decisions("clinic-eu").length).toBe(2);
  await clinic.goto(booking);
  await clinic.reopen.waitFor();
  expect(await clinic.banner.count()).toBe(0);
});
