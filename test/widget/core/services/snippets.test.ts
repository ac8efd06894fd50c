import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TagService } from "../../../../gateway/contract/widget.ts";
import { vendorEndpoints } from "../../../../gateway/events/vendors.ts";
import { tagOf } from "../../../../gateway/sites/tags.ts";
import { openServices } from "../../../../widget/core/services/services.ts";
import { config } from "../../config.ts";

const page = window as unknown as Record<string, unknown>;
const globals =
  "_paq _tmr clarity hj _hjSettings fbq _fbq lintrk _linkedin_partner_id _linkedin_data_partner_ids ttq TiktokAnalyticsObject Intercom intercomSettings VK dataLayer gtag".split(
    " ",
  );
const requested: HTMLScriptElement[] = [];
const load = (src: string) => {
  const script = Object.assign(document.createElement("script"), { type: "none", src });
  requested.push(script);
  return script;
};

beforeEach(async () => {
  for (const name of globals) delete page[name];
  requested.splice(0);
  vi.useFakeTimers({ now: 1_750_000_000_000, toFake: ["Date"] });
  vi.resetModules();
  vi.stubGlobal("SOGLAS_PARTS", {});
  for (const part of ["ga4", "google", "snippet", "tiktok"])
    await import(`../../../../widget/core/services/${part}.ts`);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const scripts = vendorEndpoints.parse({
  matomo: { instances: { own: { url: "https://stats.test/matomo.php" } } },
});

/** Services by vendor, as the gateway configures them, in a page whose grants the test moves. */
function services(all: Record<string, Record<string, unknown>>) {
  const configured = Object.entries(all).map(([id, settings]) => {
    const service = { id, vendor: id, mode: "tag", settings } as never;
    const form = tagOf(id)!.form({ service, scripts, relay: "" });
    return { id, mode: "tag", ...form } as TagService;
  });
  const opened = openServices({ ...config, services: configured }, SOGLAS_PARTS, load);
  return {
    allow: (ids: string[], disguise = {}) =>
      opened.apply(
        (id) => ids.includes(id),
        () => disguise,
      ),
    opened,
  };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each<[string, Record<string, unknown>, string, unknown[]]>([
  [
    "matomo",
    { instance: "own", siteId: 3 },
    "_paq",
    [
      ["requireConsent"],
      ["setConsentGiven"],
      ["setTrackerUrl", "https://stats.test/matomo.php"],
      ["setSiteId", "3"],
      ["trackPageView"],
      ["enableLinkTracking"],
    ],
  ],
  [
    "top-mail-ru",
    { counter: 1234567 },
    "_tmr",
    [{ id: "1234567", type: "pageView", start: 1_750_000_000_000 }],
  ],
])("%s: calls wait in an array", (vendor, settings, name, calls) => {
  const { allow } = services({ [vendor]: settings });
  allow([]);
  expect(page[name]).toBeUndefined();
  expect(requested).toEqual([]);
  allow([vendor]);
  expect(page[name]).toEqual(calls);
  expect(requested).toHaveLength(1);
});

test.each<[string, Record<string, unknown>, string, string, unknown[]]>([
  [
    "clarity",
    { project: "ab12cd34ef", ads: true },
    "clarity",
    "q",
    [["consentv2", { ad_Storage: "granted", analytics_Storage: "granted" }]],
  ],
  ["hotjar", { siteId: 5 }, "hj", "q", []],
  [
    "meta-pixel",
    { pixel: "12345678" },
    "fbq",
    "queue",
    [
      ["consent", "grant"],
      ["init", "12345678"],
      ["track", "PageView"],
    ],
  ],
  ["linkedin-insight", { partner: "123" }, "lintrk", "q", []],
  ["intercom", { app: "abcd1234" }, "Intercom", "q", []],
])(
  "%s: calls wait in the function's own queue, the page's after ours",
  (vendor, settings, name, waiting, calls) => {
    const { allow } = services({ [vendor]: settings });
    allow([vendor]);
    const queue = page[name] as Record<string, unknown> & ((...args: unknown[]) => void);
    queue("theirs", 1);
    expect(queue[waiting]).toEqual([...calls, ["theirs", 1]]);
  },
);

test("what the scripts look for in the window is there", () => {
  const { allow } = services({
    hotjar: { siteId: 5 },
    "linkedin-insight": { partner: "123" },
    intercom: { app: "abcd1234", region: "eu" },
    "meta-pixel": { pixel: "12345678" },
  });
  allow(["hotjar", "linkedin-insight", "intercom", "meta-pixel"]);
  expect(page["_hjSettings"]).toEqual({ hjid: 5, hjsv: 6 });
  expect(page["_linkedin_partner_id"]).toBe("123");
  expect(page["_linkedin_data_partner_ids"]).toEqual(["123"]);
  expect(page["intercomSettings"]).toEqual({
    app_id: "abcd1234",
    api_base: "https://api-iam.eu.intercom.io",
  });
  expect({ ...(page["fbq"] as object) }).toMatchObject({ loaded: true, version: "2.0" });
  expect(page["_fbq"]).toBe(page["fbq"]);
});

test("Meta's script, once there, takes what is said through its own method", () => {
  const { allow } = services({ "meta-pixel": { pixel: "12345678" } });
  allow(["meta-pixel"]);
  const fbq = page["fbq"] as ((...args: unknown[]) => void) & { callMethod?: unknown };
  const taken: unknown[] = [];
  fbq.callMethod = (...args: unknown[]) => taken.push(args);
  fbq("track", "Lead");
  expect(taken).toEqual([["track", "Lead"]]);
});

test("VK's script is told of the pixel once it has loaded, and not where the grant has ended", () => {
  const init = vi.fn();
  const hit = vi.fn();
  page["VK"] = { Retargeting: { Init: init, Hit: hit } };
  const { allow } = services({ "vk-pixel": { pixel: "VK-RTRG-123456-aBcDe" } });
  allow(["vk-pixel"]);
  expect(init).not.toHaveBeenCalled();
  requested[0]!.dispatchEvent(new Event("load"));
  expect(init).toHaveBeenCalledWith("VK-RTRG-123456-aBcDe");
  expect(hit).toHaveBeenCalledTimes(1);
  allow([]);
  requested[0]!.dispatchEvent(new Event("load"));
  expect(hit).toHaveBeenCalledTimes(1);
});

test("TikTok's queue takes calls before the script, and its pixel is announced", () => {
  const { allow } = services({ "tiktok-pixel": { pixel: "C4A1B2C3D4E5F6" } });
  allow(["tiktok-pixel"]);
  const ttq = page["ttq"] as unknown[] & Record<string, (...args: unknown[]) => void>;
  ttq["track"]!("ClickButton");
  expect([...ttq]).toEqual([["grantConsent"], ["page"], ["track", "ClickButton"]]);
  expect(page["TiktokAnalyticsObject"]).toBe("ttq");
  expect(Object.keys(ttq["_i"]!)).toEqual(["C4A1B2C3D4E5F6"]);
  expect(plain(ttq["_t"])).toEqual({ C4A1B2C3D4E5F6: 1_750_000_000_000 });
  expect(allow([])).toBe(true);
  expect(ttq.at(-1)).toEqual(["revokeConsent"]);
});

test.each<[string, Record<string, unknown>, string, string | null, unknown]>([
  [
    "clarity",
    { project: "ab12cd34ef" },
    "clarity",
    "q",
    ["consentv2", { ad_Storage: "denied", analytics_Storage: "denied" }],
  ],
  ["meta-pixel", { pixel: "12345678" }, "fbq", "queue", ["consent", "revoke"]],
  ["intercom", { app: "abcd1234" }, "Intercom", "q", ["shutdown"]],
  ["matomo", { instance: "own", siteId: 1 }, "_paq", null, ["forgetConsentGiven"]],
])(
  "%s is told that the grant has ended, and only a reload surely ends it",
  (vendor, settings, name, waiting, said) => {
    const { allow } = services({ [vendor]: settings });
    allow([vendor]);
    expect(allow([])).toBe(true);
    const queue = page[name] as Record<string, unknown[]>;
    expect((waiting === null ? (queue as unknown as unknown[]) : queue[waiting]!).at(-1)).toEqual(
      said,
    );
    expect(allow([])).toBe(false);
  },
);

test("a vendor that cannot be told another address stays off where the page's own may not be said", () => {
  const { allow } = services({
    hotjar: { siteId: 5 },
    "tiktok-pixel": { pixel: "C4A1B2C3D4E5F6" },
    gtm: { container: "GTM-ABCD123" },
    "google-ads": { conversionId: "AW-123456789" },
  });
  const all = ["hotjar", "tiktok-pixel", "gtm", "google-ads"];
  allow(all, { url: "https://shop.test/orders/masked" });
  expect(requested.map(({ src }) => new URL(src).search)).toEqual(["?id=AW-123456789"]);
  expect(allow([])).toBe(true);
});

const layer = () => (page["dataLayer"] as Record<string, unknown>[]).map((entry) => plain(entry));

test("all of Google's tags share one default and one update per decision, and come after both", () => {
  const { allow, opened } = services({
    ga4: { measurementId: "G-ABCD1234" },
    gtm: { container: "GTM-ABCD123" },
    "google-ads": { conversionId: "AW-123456789" },
  });
  const all = ["ga4", "gtm", "google-ads"];
  opened.consent(
    () => true,
    (id) => all.includes(id),
  );
  allow(all);
  expect(layer().map((entry) => Object.values(entry as object).slice(0, 2))).toEqual([
    ["consent", "default"],
    ["consent", "update"],
    ["js", expect.any(String)],
    ["config", "G-ABCD1234"],
    [1_750_000_000_000, "gtm.js"],
    ["js", expect.any(String)],
    ["config", "AW-123456789"],
  ]);
  expect(requested).toHaveLength(3);
});

test("a container and Google Ads have no switch: withdrawn, only a reload ends them", () => {
  const { allow } = services({
    ga4: { measurementId: "G-ABCD1234" },
    gtm: { container: "GTM-ABCD123" },
    "google-ads": { conversionId: "AW-123456789" },
  });
  allow(["ga4", "gtm", "google-ads"]);
  expect(allow(["gtm", "google-ads"])).toBe(false);
  expect(allow(["google-ads"])).toBe(true);
  expect(allow([])).toBe(true);
});
