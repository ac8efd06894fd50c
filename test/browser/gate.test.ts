/** What waits in a page: scripts in every form, frames, templates, vendors' tags, and the order of it all. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { axeViolations } from "./console-page.ts";
import { openGateWorld, serviceOf, type GateWorld } from "./gate-world.ts";

let world: GateWorld;
beforeAll(async () => {
  world = await openGateWorld([
    "www.youtube-nocookie.com",
    "www.googletagmanager.com",
    "static.hotjar.com",
    "connect.facebook.net",
  ]);
  await world.publish((site) => {
    site.services = [
      serviceOf("ga4", "analytics", { measurementId: "G-GATE0001" }),
      serviceOf("gtm", "analytics", { container: "GTM-GATE001" }),
      serviceOf("hotjar", "analytics", { siteId: 7 }),
      serviceOf("youtube", "media"),
    ];
  });
});
afterAll(() => world.close());
beforeEach(() => world.forget());

const banner = (page: Page) => page.locator("soglas-consent [part~=banner]");
const acceptAll = (page: Page) => banner(page).getByRole("button", { name: "Accept all" }).click();
const ran = (page: Page) =>
  page.evaluate(() => (window as unknown as { ran?: string[] }).ran ?? []);
const film = "https://www.youtube-nocookie.com/embed/x";
const frame = `<iframe id="film" title="A film" data-consent="youtube" data-src="${film}" width="480" height="270"></iframe>`;
const said = (words: string) => `(window.ran = window.ran || []).push("${words}")`;

it("order, async, defer and module are what they are in a page without marks", async () => {
  const marked = 'type="text/plain" data-consent="analytics"';
  const page = await world.open(
    (tag) => `<!doctype html><html lang="en"><title>t</title>${tag}<body>
      <script ${marked} src="/one.js"></script>
      <script ${marked}>${said("two")}</script>
      <script type="text/plain" data-type="module" data-consent="analytics">${said("module")}; window.strict = (function () { return this === undefined; })();</script>
      <script ${marked} src="/deferred.js" defer></script>
      <script ${marked} src="/async.js" async></script>
      <script ${marked} src="https://missing.test/" onerror="${said("failed").replaceAll('"', "'")}"></script>
      <script ${marked}>${said("last")}</script>
      <template data-consent="analytics"><i>unfolded</i><script src="/three.js"></script><script>${said("four")}</script></template>`,
  );
  await banner(page).waitFor();
  expect(await ran(page)).toEqual([]);
  await acceptAll(page);
  await expect
    .poll(() => ran(page))
    .toEqual(expect.arrayContaining(["module", "/deferred.js", "/async.js", "failed", "four"]));
  const inOrder = (await ran(page)).filter((words) => /^(\/one|two|last|\/three|four)/.test(words));
  expect(inOrder).toEqual(["/one.js", "two", "last", "/three.js", "four"]);
  expect(await page.evaluate(() => (window as unknown as { strict: boolean }).strict)).toBe(true);
  expect(await page.locator("i").textContent()).toBe("unfolded");
});

it("embedded content asks for consent in its place: named, of its size, by keyboard, with a record", async () => {
  const page = await world.open(
    (tag) =>
      `<!doctype html><html lang="en"><title>t</title>${tag}<body><main><h1>Page</h1>${frame}<p id="below">below</p></main>`,
  );
  const shifts = () =>
    page.evaluate(() =>
      performance.getEntriesByType("layout-shift").map((entry) => (entry as never)["value"]),
    );
  await page.evaluate(() =>
    new PerformanceObserver(() => {}).observe({ type: "layout-shift", buffered: true }),
  );
  const place = page.frameLocator("#film");
  await place.getByRole("heading", { name: "Name of youtube" }).waitFor();
  expect(await page.locator("#film").boundingBox()).toMatchObject({ width: 484, height: 274 });
  expect(await place.locator("main").innerText()).toContain(
    "Received by Example Inc., United States.",
  );
  expect(await place.getByRole("link").getAttribute("href")).toBe(
    "https://policies.example/privacy",
  );
  expect(await axeViolations(page.frames()[1]!)).toEqual([]);
  expect(world.asked()).toEqual([]);

  const allow = place.getByRole("button", { name: "Allow and show" });
  for (let tries = 0; tries < 12; tries++) {
    await page.keyboard.press("Tab");
    if (await allow.evaluate((element) => element === element.ownerDocument.activeElement)) break;
  }
  // Twice, while the film is on its way.
  let send = () => {};
  const clicked = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route(film, async (route) => {
    await clicked;
    await route.continue();
  });
  const asked = page.waitForRequest(film);
  await page.keyboard.press("Enter");
  await asked;
  await page.keyboard.press("Enter");
  send();
  await page.frameLocator("#film").getByText("film").first().waitFor();
  expect(world.asked()).toEqual(["www.youtube-nocookie.com/embed/x"]);
  expect(await shifts()).toEqual([]);
  await expect.poll(() => world.decisions().length).toBe(1);
  expect(world.decisions()[0]).toMatchObject({
    action: "first",
    place: "placeholder",
    control: "save",
    offered: ["choose"],
    purposes: { analytics: "denied", media: "granted", marketing: "denied" },
    services: { ga4: "denied", gtm: "denied", hotjar: "denied", youtube: "granted" },
  });
  await banner(page).waitFor({ state: "detached" });
  const due = "Object.keys(localStorage).filter((key) => key.includes('.due.'))";
  await expect.poll(() => page.evaluate(due)).toEqual([]);
  expect(world.decisions()).toHaveLength(1);
});

it("frames added later ask too, and a withdrawal puts the question back in their place", async () => {
  const page = await world.open(
    (tag) => `<!doctype html><html lang="en"><title>t</title>${tag}<body><p>nothing yet</p>`,
  );
  await banner(page).waitFor();
  await page.evaluate((html) => {
    document.body.insertAdjacentHTML("beforeend", html);
  }, frame);
  await page.frameLocator("#film").getByRole("button", { name: "Allow and show" }).click();
  await page.frameLocator("#film").getByText("film").first().waitFor();
  await page.evaluate(() =>
    (window as unknown as { soglas: { withdraw(): Promise<void> } }).soglas.withdraw(),
  );
  await page.frameLocator("#film").getByRole("button", { name: "Choose" }).click();
  await page.locator("soglas-consent dialog").waitFor();
});

it("a strict policy by nonce: the tag hands its own to vendors' tags and marked scripts, those added later too", async () => {
  const page = await world.open(
    (tag) => `<!doctype html><html lang="en"><head>
      <meta http-equiv="Content-Security-Policy" content="script-src 'nonce-n0nce'">
      <script nonce="n0nce">window.violations = [];
        addEventListener("securitypolicyviolation", (event) => violations.push(event.blockedURI));</script>
      ${tag.replace("<script", '<script nonce="n0nce"')}<title>t</title></head>
      <body><script type="text/plain" data-consent="analytics">${said("inline")}</script>`,
  );
  await acceptAll(page);
  await expect.poll(async () => (await ran(page)).length).toBe(4);
  expect(await ran(page)).toContain("inline");
  // As an application draws another view, after the choice; its own inline script shows that the policy is in force.
  await page.evaluate((text) => {
    const late = document.createElement("script");
    Object.assign(late, { type: "text/plain", text }).dataset["consent"] = "analytics";
    document.body.append(late, Object.assign(document.createElement("script"), { text }));
  }, said("late"));
  await expect.poll(() => ran(page)).toContain("late");
  expect((await ran(page)).filter((words) => words === "late")).toHaveLength(1);
  expect(await page.evaluate("violations")).toEqual(["inline"]);
});

it("vendors' tags wait for the grant; Google hears one default before everything and one update per decision", async () => {
  const page = await world.open(
    (tag) => `<!doctype html><html lang="en"><title>t</title>${tag}<script>
      document.addEventListener("soglas:consent", ({ detail }) => dataLayer.push({ event: "heard", granted: detail.granted }));
      dataLayer.push({ event: "own" });
    </script><body>`,
  );
  await banner(page).waitFor();
  expect(world.asked()).toEqual([]);
  await acceptAll(page);
  await expect.poll(async () => (await ran(page)).length).toBe(3);
  const layer = () =>
    page.evaluate(() =>
      (window.dataLayer as unknown as Record<string, unknown>[]).map((entry) =>
        String(entry["event"] ?? `${String(entry[0])} ${String(entry[1]).slice(0, 9)}`),
      ),
    );
  const before = await layer();
  expect(before.slice(0, 3)).toEqual(["consent default", "own", "consent update"]);
  expect(before.filter((entry) => entry.startsWith("consent"))).toHaveLength(2);
  expect(before.indexOf("consent update")).toBeLessThan(before.indexOf("gtm.js"));
  expect(before.filter((entry) => entry === "heard")).toHaveLength(1);
  expect(
    await page.evaluate(() => (window as unknown as Record<string, unknown>)["_hjSettings"]),
  ).toEqual({ hjid: 7, hjsv: 6 });
});

it("automatic blocking: a pasted snippet runs after the grant, in order, and not before it", async () => {
  await world.publish((site) => {
    site.blocking = "auto";
    site.services = [
      { ...serviceOf("meta-pixel", "marketing", { pixel: "12345678" }), pasted: true },
      { ...serviceOf("hotjar", "analytics", { siteId: 7 }), pasted: true },
      serviceOf("youtube", "media"),
    ];
  });
  const page = await world.open(
    (tag) => `<!doctype html><html lang="en"><head>${tag}<title>t</title>
      <script>${said("own inline")}</script>
      <script src="https://connect.facebook.net/first.js"></script>
      <script src="https://static.hotjar.com/second.js"></script>
      <script>
        const made = document.createElement("script");
        made.async = true;
        made.src = "https://connect.facebook.net/en_US/made.js";
        made.type = "text/javascript";
        document.head.appendChild(made);
        const set = document.createElement("script");
        set.setAttribute("src", "https://static.hotjar.com/set.js");
        document.head.append(set);
      </script>
      <script src="/own.js"></script></head>
      <body><iframe id="film" title="A film" src="${film}"></iframe></body></html>`,
  );
  await banner(page).waitFor();
  expect(await ran(page)).toEqual(["own inline", "/own.js"]);
  await page.frameLocator("#film").getByRole("button", { name: "Allow and show" }).waitFor();
  await acceptAll(page);
  await expect.poll(async () => (await ran(page)).length).toBe(6);
  const order = (await ran(page)).slice(2);
  expect(order.filter((path) => !path.includes("made"))).toEqual([
    "connect.facebook.net/first.js",
    "static.hotjar.com/second.js",
    "static.hotjar.com/set.js",
  ]);
  expect(order).toContain("connect.facebook.net/en_US/made.js");
  await page.frameLocator("#film").getByText("film").first().waitFor();

  // Decided: nothing is held back on the next page; withdrawn: only a reload ends what ran.
  await page.reload();
  await expect.poll(async () => (await ran(page)).length).toBe(6);
  const reloaded = page.waitForEvent("load");
  await page.evaluate(() => {
    void (window as unknown as { soglas: { withdraw(): Promise<void> } }).soglas.withdraw();
  });
  await reloaded;
  await page.locator("soglas-reopen button").waitFor();
  expect(await ran(page)).toEqual(["own inline", "/own.js"]);
});

it("Google's advanced mode, where the site asks for it: denied first, loaded before the choice, one update", async () => {
  await world.publish((site) => {
    site.services = [
      serviceOf("ga4", "analytics", { measurementId: "G-GATE0001", consentMode: "advanced" }),
    ];
  });
  const page = await world.open(
    (tag) => `<!doctype html><html lang="en"><title>t</title>${tag}<body>`,
  );
  await banner(page).waitFor();
  await expect
    .poll(() => world.asked())
    .toEqual(["www.googletagmanager.com/gtag/js?id=G-GATE0001"]);
  const commands = () =>
    page.evaluate(() =>
      (window.dataLayer as unknown as unknown[][]).map((entry) => [
        entry[0],
        entry[0] === "consent"
          ? `${String(entry[1])} ${(entry[2] as Record<string, string>)["analytics_storage"]}`
          : null,
      ]),
    );
  expect(await commands()).toEqual([
    ["consent", "default denied"],
    ["js", null],
    ["config", null],
  ]);
  await acceptAll(page);
  await expect
    .poll(async () => (await commands()).slice(3))
    .toEqual([["consent", "update granted"]]);
  await page.reload();
  await expect.poll(commands).toEqual([
    ["consent", "default denied"],
    ["consent", "update granted"],
    ["js", null],
    ["config", null],
  ]);
});

it("the inline element: one request until the banner stands, one for who has decided, and harmless beside the tag", async () => {
  await world.publish((site) => {
    site.services = [serviceOf("ga4", "analytics", { measurementId: "G-GATE0001" })];
  });
  const { element, inline } = await world.embedding();
  const nonced = (pasted: string) => pasted.replace("<script", '<script nonce="R4nd0m"');
  const page = (nonce = false) =>
    world.open(
      () => `<!doctype html><html lang="en-GB"><head>
        <meta http-equiv="Content-Security-Policy" content="${
          nonce
            ? `script-src 'nonce-R4nd0m' 'strict-dynamic'`
            : `script-src ${inline!.hash} https://gateway.other.test`
        }; require-trusted-types-for 'script'; trusted-types soglas soglas-start">
        ${nonce ? nonced(inline!.element) + nonced(element) : inline!.element}<title>t</title></head><body>`,
      visitor,
    );
  const visitor = await world.visitor();
  const first = await page();
  const banner = first.locator("soglas-consent [part~=banner]");
  await banner.waitFor();
  const tag = "/s/gate.js";
  const whole = "/s/gate/en-GB.js";
  // What makes records is asked for once the banner stands.
  const untilBanner = () => world.loaded().filter((path) => !path.endsWith("/record.js"));
  expect(untilBanner()).toEqual([whole]);

  // The same page in which the owner has left the plain element.
  world.forget();
  const twice = await page(true);
  await twice.locator("soglas-consent [part~=banner]").waitFor();
  await expect
    .poll(() =>
      untilBanner()
        .filter((path) => path.startsWith("/s/"))
        .toSorted(),
    )
    .toEqual([tag, whole]);
  expect(await twice.locator("soglas-consent").count()).toBe(1);

  await banner.locator("[part=button]").nth(1).click();
  await expect.poll(() => world.decisions().length).toBe(1);
  // Acknowledged: nothing is left for another page to do.
  const kept = () =>
    first.evaluate(() => Object.keys(localStorage).map((key) => key.split(".")[2]));
  await expect.poll(kept).not.toContain("due");
  await Promise.all(visitor.pages().map((each) => each.close()));
  world.forget();
  const later = await page();
  await later.locator("soglas-reopen").waitFor({ state: "attached" });
  expect(world.loaded()).toEqual([tag]);
  // What opens the choices afterwards comes as ever.
  await later.locator("soglas-reopen button").click();
  await later.locator("soglas-consent dialog").waitFor();
  expect(untilBanner()).toEqual([tag, expect.stringMatching(/^\/w\/gate\/.*\/en\.js$/)]);
});

it("the inline element, allowed by its hash: early calls are replayed, and Google's default comes before the tag", async () => {
  await world.publish((site) => {
    site.services = [serviceOf("ga4", "analytics", { measurementId: "G-GATE0001" })];
  });
  const { element, inline } = await world.embedding();
  expect(element).toContain("<script async src=");
  const page = await world.open(
    () => `<!doctype html><html lang="en"><head>
      <meta http-equiv="Content-Security-Policy" content="script-src ${inline!.hash} https://gateway.other.test https://www.gate.test">
      ${inline!.element}<title>t</title><script src="/early.js"></script></head><body>`,
  );
  await page.waitForFunction(() => !!document.querySelector("soglas-reopen"));
  expect(await ran(page)).toEqual([
    "/early.js before: consent default denied",
    "/early.js heard: true",
  ]);
  await expect.poll(() => world.decisions().length).toBe(1);
  expect(world.decisions()[0]).toMatchObject({ place: "api", control: "refuse-all" });
});
