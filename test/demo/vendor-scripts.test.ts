/**
 * The stand-ins of the vendors' scripts behave towards a page as the real ones do: what they store,
 * what they send by themselves, which switches they honour, and which they do not.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Window } from "happy-dom";
import { beforeEach, describe, expect, it } from "vitest";

const source = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../demo/stand-ins/browser", name), "utf8");

/** Everything a vendor's script touches in a page; timers and the network are the test's. */
function openPage(script: string, src: string) {
  const window = new Window({ url: "https://www.clinic-eu.test/eu/online?step=1" });
  const global = window as unknown as Record<string, unknown>;
  window.document.title = "Booking";
  Object.defineProperty(window.document, "currentScript", { value: { src } });
  const sent: URL[] = [];
  const timers = new Map<number, () => void>();
  const pagehide = new Set<() => void>();
  let nextTimer = 0;
  const given: Record<string, unknown> = {
    window,
    document: window.document,
    location: window.location,
    localStorage: window.localStorage,
    screen: { width: 1440, height: 900, colorDepth: 24 },
    navigator: { language: "en-GB", sendBeacon: (url: string) => sent.push(new URL(url)) },
    innerWidth: 1200,
    innerHeight: 800,
    Event: window.Event,
    fetch: (url: string) => {
      sent.push(new URL(url));
      return Promise.resolve({ ok: true });
    },
    setInterval: (run: () => void) => {
      nextTimer += 1;
      timers.set(nextTimer, run);
      return nextTimer;
    },
    clearInterval: (timer: number) => timers.delete(timer),
    setTimeout: () => 0,
    addEventListener: (_name: string, listener: () => void) => pagehide.add(listener),
    removeEventListener: (_name: string, listener: () => void) => pagehide.delete(listener),
  };
  return {
    global,
    sent,
    load: () => new Function(...Object.keys(given), script)(...Object.values(given)),
    tick: () => timers.forEach((run) => run()),
    leave: () => pagehide.forEach((listener) => listener()),
    cookies: () => window.document.cookie.split("; ").map((pair) => pair.split("=")[0]!),
    stored: () => Object.keys(window.localStorage),
    deleteCookie: (name: string) => {
      for (const domain of [
        "",
        "; domain=test",
        "; domain=clinic-eu.test",
        "; domain=www.clinic-eu.test",
      ])
        window.document.cookie = `${name}=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT${domain}`;
    },
  };
}

describe("gtag.js", () => {
  const id = "G-RODNIK01";
  const address = "https://www.googletagmanager.com/gtag/js?id=G-RODNIK01";
  let page: ReturnType<typeof openPage>;
  let layer: unknown[];
  /** Google's queue takes `arguments` objects, nothing else. */
  const gtag: (...command: unknown[]) => void = function queueCommand() {
    layer.push(arguments);
  };
  const events = () => page.sent.map((url) => url.searchParams.get("en"));

  beforeEach(() => {
    page = openPage(source("gtag.js"), address);
    layer = [];
    page.global["dataLayer"] = layer;
  });

  it("stores its cookies and sends by itself, at once, while the page lives, and when it ends", () => {
    gtag("js", new Date());
    gtag("config", id);
    page.load();
    expect(page.cookies().toSorted()).toEqual(["_ga", "_ga_RODNIK01"]);
    page.tick();
    page.leave();
    expect(events()).toEqual(["page_view", "user_engagement", "user_engagement"]);
    expect(page.sent[0]?.origin + page.sent[0]!.pathname).toBe(
      "https://region1.google-analytics.com/g/collect",
    );
    expect(page.sent[0]?.searchParams.get("dl")).toBe(
      "https://www.clinic-eu.test/eu/online?step=1",
    );
    expect(new Set(page.sent.map((url) => url.searchParams.get("cid"))).size).toBe(1);
  });

  it("sends to its own origin's stand-in elsewhere, and to a server container when told", async () => {
    page = openPage(source("gtag.js"), "http://localhost:8788/stand-in/ga/gtag/js?id=G-RODNIK01");
    page.global["dataLayer"] = layer;
    gtag("config", id);
    gtag("config", "G-OTHER01", { server_container_url: "https://gateway.other.test/t/clinic-eu" });
    page.load();
    // What belongs to one moment is sent together, at its end.
    await Promise.resolve();
    expect(page.sent.map((url) => url.origin + url.pathname)).toEqual([
      "http://localhost:8788/stand-in/ga/g/collect",
      "https://gateway.other.test/t/clinic-eu/g/collect",
    ]);
  });

  it("sends nothing once ga-disable is set, and deletes nothing", () => {
    gtag("config", id);
    page.load();
    page.global[`ga-disable-${id}`] = true;
    gtag("event", "appointment");
    page.tick();
    page.leave();
    expect(events()).toEqual(["page_view"]);
    expect(page.cookies()).toContain("_ga");
  });

  it("without analytics_storage sends pings without cookies, and begins to store on the update", () => {
    gtag("consent", "default", { ad_storage: "denied", analytics_storage: "denied" });
    gtag("config", id);
    page.load();
    expect(page.cookies()).not.toContain("_ga");
    gtag("consent", "update", { analytics_storage: "granted" });
    gtag("event", "appointment", { value: 5, item: "checkup" });
    expect(page.cookies()).toContain("_ga");
    const parameters = page.sent.map(({ searchParams }) => Object.fromEntries(searchParams));
    expect(parameters.map(({ gcs, gcd }) => [gcs, gcd])).toEqual([
      ["G100", "13p3p3l2l5l1"],
      ["G101", "13p3r3l2l5l1"],
    ]);
    expect(parameters[1]).toMatchObject({
      en: "appointment",
      "epn.value": "5",
      "ep.item": "checkup",
    });
  });

  it("holds hits back while it waits for the update", () => {
    gtag("consent", "default", { analytics_storage: "denied", wait_for_update: 500 });
    gtag("config", id);
    page.load();
    expect(page.sent).toEqual([]);
    gtag("consent", "update", { analytics_storage: "granted" });
    expect(page.sent[0]?.searchParams.get("gcs")).toBe("G1-1");
  });
});

describe("tag.js", () => {
  const counter = 10_000_003;
  type Ym = (...call: unknown[]) => void;
  let page: ReturnType<typeof openPage>;
  const ym: Ym = (...call) => (page.global["ym"] as Ym)(...call);
  const info = () => page.sent.map((url) => url.searchParams.get("browser-info") ?? "");

  beforeEach(() => {
    page = openPage(source("metrika.js"), "https://mc.yandex.ru/metrika/tag.js");
    const queue: Ym & { a?: unknown[][] } = (...call) => void (queue.a ??= []).push(call);
    page.global["ym"] = queue;
  });

  it("drains the queue, stores, and sends at once, while the page lives, and when it ends", () => {
    ym(counter, "init", {});
    ym(counter, "reachGoal", "appointment");
    page.load();
    page.tick();
    page.leave();
    expect(page.cookies().toSorted()).toEqual(["_ym_d", "_ym_isad", "_ym_uid"]);
    expect(page.stored()).toEqual(expect.arrayContaining(["_ym_uid", `_ym${counter}_lsid`]));
    expect(page.sent.map((url) => url.origin + url.pathname)).toEqual(
      Array.from({ length: 4 }, () => `https://mc.yandex.ru/watch/${counter}/1`),
    );
    expect(page.sent[1]?.searchParams.get("page-url")).toBe(
      "goal://www.clinic-eu.test/appointment",
    );
    expect(info()[0]).toMatch(/^pv:1:.*:t:Booking$/);
  });

  it("restores a deleted cookie from storage", () => {
    ym(counter, "init", {});
    page.load();
    const before = /u:(\d+)/.exec(info()[0]!)?.[1];
    page.deleteCookie("_ym_uid");
    expect(page.cookies()).not.toContain("_ym_uid");
    page.tick();
    expect(/u:(\d+)/.exec(info()[1]!)?.[1]).toBe(before);
    expect(page.cookies()).toContain("_ym_uid");
  });

  it("does not start when disabled before init", () => {
    page.global[`disableYaCounter${counter}`] = true;
    ym(counter, "init", {});
    page.load();
    page.tick();
    expect(page.sent).toEqual([]);
    expect(page.cookies()).not.toContain("_ym_uid");
  });

  it("goes on when disabled after init, and stops at destruct without deleting anything", () => {
    ym(counter, "init", {});
    page.load();
    page.global[`disableYaCounter${counter}`] = true;
    page.tick();
    expect(page.sent).toHaveLength(2);
    ym(counter, "destruct");
    ym(counter, "reachGoal", "appointment");
    page.tick();
    page.leave();
    expect(page.sent).toHaveLength(2);
    expect(page.cookies()).toContain("_ym_uid");
    expect(page.stored()).toContain("_ym_uid");
  });
});
