import { expect, test } from "vitest";
import type { SiteInput } from "../../gateway/contract/site.ts";
import type { TagService } from "../../gateway/contract/widget.ts";
import { vendorEndpoints, vendors } from "../../gateway/events/vendors.ts";
import { composeTag } from "../../gateway/sites/scripts/compose.ts";
import { validateSite } from "../../gateway/sites/directory/validate.ts";
import { recorderConfig, tagConfig } from "../../gateway/sites/scripts/tag-config.ts";
import { revisionOf } from "../../gateway/sites/publishing/revision.ts";
import { PublishError } from "../../gateway/sites/sites.ts";
import { serviceVendors, tags } from "../../gateway/sites/tags.ts";
import { publicUrl, shopWith } from "./installation.ts";

const scripts = vendorEndpoints.parse({
  matomo: { instances: { own: { url: "https://stats.shop.example/matomo.php" } } },
});

/** Settings as an owner writes them, by vendor, and where the page then asks for the vendor's script. */
const examples: Record<string, [settings: Record<string, unknown>, src: string | null]> = {
  clarity: [{ project: "ab12cd34ef" }, "https://www.clarity.ms/tag/ab12cd34ef"],
  ga4: [{ measurementId: "G-ABCD1234" }, "https://www.googletagmanager.com/gtag/js?id=G-ABCD1234"],
  "google-ads": [
    { conversionId: "AW-123456789" },
    "https://www.googletagmanager.com/gtag/js?id=AW-123456789",
  ],
  "google-maps": [{}, null],
  gtm: [{ container: "GTM-ABCD123" }, "https://www.googletagmanager.com/gtm.js?id=GTM-ABCD123"],
  hotjar: [{ siteId: 12345 }, "https://static.hotjar.com/c/hotjar-12345.js?sv=6"],
  intercom: [{ app: "abcd1234" }, "https://widget.intercom.io/widget/abcd1234"],
  "linkedin-insight": [
    { partner: "123456" },
    "https://snap.licdn.com/li.lms-analytics/insight.min.js",
  ],
  matomo: [{ instance: "own", siteId: 3 }, "https://stats.shop.example/matomo.js"],
  "meta-pixel": [{ pixel: "123456789012345" }, "https://connect.facebook.net/en_US/fbevents.js"],
  metrika: [{ counter: 12345678 }, "https://mc.yandex.ru/metrika/tag.js"],
  "tiktok-pixel": [
    { pixel: "C4A1B2C3D4E5F6G7H8I9" },
    "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=C4A1B2C3D4E5F6G7H8I9&lib=ttq",
  ],
  "top-mail-ru": [{ counter: 1234567 }, "https://top-fwz1.mail.ru/js/code.js"],
  vimeo: [{}, null],
  "vk-pixel": [{ pixel: "VK-RTRG-123456-aBcDe" }, "https://vk.com/js/api/openapi.js?169"],
  "yandex-maps": [{}, null],
  youtube: [{}, null],
};

const known = Object.entries(examples);

/** The shop with one more service, of this vendor, for marketing. */
async function siteOf(
  vendor: string,
  settings: Record<string, unknown>,
  change: (site: SiteInput) => void = () => {},
) {
  const files = await shopWith((site) => {
    const [ga4] = site.services;
    site.services = [{ ...ga4!, id: "added", vendor, settings, mode: "tag", stores: [] }];
    delete site.services[0]!.pages;
    delete site.pages;
    change(site);
  });
  return validateSite(files, serviceVendors(vendors)).site;
}

const published = (site: Awaited<ReturnType<typeof siteOf>>) => ({
  site,
  version: "v",
  hash: "h",
  revision: "r",
  build: "b",
  effectiveAt: 0,
});

async function taggedWith(vendor: string, settings: Record<string, unknown>) {
  const site = await siteOf(vendor, settings);
  return tagConfig(published(site) as never, { publicUrl, scripts }, {});
}

test("every vendor a page can meet has an example here", () => {
  expect(tags.map(({ id }) => id)).toEqual(Object.keys(examples).toSorted());
});

test.each(known)(
  "%s: its settings become the start of its script, and nothing else's",
  async (vendor, [settings, src]) => {
    const config = await taggedWith(vendor, settings);
    const [service] = config.services as (TagService & { src?: string })[];
    expect(service!.src ?? null).toBe(src);
    const names: string[] = [];
    const pieces = {
      has: () => true,
      get: (name: string) => (names.push(name), `"${name}"`),
    };
    composeTag({ hash: "b", pieces, locales: new Map() } as never, config);
    const part = {
      null: ["frames", "gate"],
      ga4: ["ga4"],
      gtm: ["ga4", "google"],
      "google-ads": ["ga4", "google"],
      metrika: ["metrika"],
      "tiktok-pixel": ["tiktok"],
    }[src === null ? "null" : vendor] ?? ["snippet"];
    expect(names).toEqual([...part, "shared", "core"]);
  },
);

test.each(known)(
  "%s: a setting that is not such is refused, without being repeated",
  async (vendor) => {
    await expect(siteOf(vendor, { secret: "hunter2" })).rejects.toSatisfy(
      (error) => error instanceof PublishError && !JSON.stringify(error.issues).includes("hunter2"),
    );
  },
);

test.each(known)(
  "%s: under ru a foreign host is refused, and a Russian one is not",
  async (vendor, [settings]) => {
    const result = siteOf(vendor, settings, (site) => {
      site.jurisdiction = "ru";
      Object.assign(site.services[0]!.recipient, { country: "RU", crossBorder: false });
    });
    const russian = ["matomo", "metrika", "top-mail-ru", "vk-pixel", "yandex-maps"];
    if (russian.includes(vendor)) await expect(result).resolves.toBeDefined();
    else
      await expect(result).rejects.toMatchObject({
        issues: [
          { path: "site.json: services.0.mode", message: expect.stringContaining("foreign host") },
        ],
      });
  },
);

test("a profile that promises no vendor host is refused for a vendor's own script", async () => {
  await expect(
    siteOf("hotjar", { siteId: 1 }, (site) => (site.services[0]!.profile = "strict")),
  ).rejects.toMatchObject({
    issues: [
      { path: "site.json: services.0.profile", message: expect.stringContaining("no vendor host") },
    ],
  });
});

test("what a vendor is known to keep is told and swept where the owner names nothing", async () => {
  const site = await siteOf("meta-pixel", { pixel: "123456789012345" });
  expect(site.services[0]!.stores).toEqual([
    { name: "_fbp", kind: "cookie", days: 90, removable: true },
    { name: "_fbc", kind: "cookie", days: 90, removable: true },
    { name: "fr", kind: "cookie", days: 90, removable: false },
    { name: "lastExternalReferrer*", kind: "local", days: 3650, removable: true },
  ]);
  expect(recorderConfig(published(site) as never).stores).toEqual({
    added: [
      ["cookie", "_fbp"],
      ["cookie", "_fbc"],
      ["local", "lastExternalReferrer*"],
    ],
  });
  const own = await siteOf("meta-pixel", { pixel: "123456789012345" }, (site) => {
    site.services[0]!.stores = [{ name: "_fbp", days: 30 }];
  });
  expect(own.services[0]!.stores.map(({ days }) => days)).toEqual([30]);
});

test("a Matomo that the installation has no address for starts nothing", async () => {
  const { services } = await taggedWith("matomo", { instance: "other", siteId: 1 });
  expect(services[0]).toMatchObject({ vendor: "page", mode: "tag" });
});

const advanced = { measurementId: "G-ABCD1234", consentMode: "advanced" };

test.each<[string, (site: SiteInput) => void, string]>([
  ["ru", (site) => (site.jurisdiction = "ru"), "no foreign host"],
  ["strict", (site) => Object.assign(site.services[0]!, { mode: "gateway" }), "no vendor host"],
  ["direct", (site) => (site.services[0]!.profile = "direct"), "token"],
  ["an excluded page", (site) => (site.pages = { exclude: ["/health/**"] }), "must not learn"],
  ["a pasted snippet", (site) => (site.services[0]!.pasted = true), "pasted"],
])("Google's advanced mode is refused with %s", async (_name, change, reason) => {
  const [issue] = await siteOf("ga4", advanced, change).then(
    () => [],
    (error: PublishError) =>
      error.issues.filter(({ path }) => path === "site.json: services.0.settings.consentMode"),
  );
  expect(issue?.message).toContain(reason);
});

test("visitors are asked again when a service begins to send before the choice", async () => {
  const revision = async (settings: Record<string, unknown>) =>
    revisionOf(await siteOf("ga4", settings), "hash");
  const basic = await revision({ measurementId: "G-ABCD1234" });
  expect(await revision({ measurementId: "G-ABCD1234", consentMode: "basic" })).toBe(basic);
  expect(await revision(advanced)).not.toBe(basic);
});

test("automatic blocking: the longer address decides, and subdomains are meant where the vendor has some", async () => {
  const site = await siteOf("gtm", { container: "GTM-ABCD123" }, (given) => {
    given.blocking = "auto";
    const [added] = given.services;
    given.services.push(
      { ...added!, id: "ga4", vendor: "ga4", settings: { measurementId: "G-ABCD1234" } },
      { ...added!, id: "ads", vendor: "google-ads", settings: { conversionId: "AW-123456789" } },
      { ...added!, id: "clarity", vendor: "clarity", settings: { project: "ab12cd34ef" } },
    );
  });
  const { block } = tagConfig(published(site) as never, { publicUrl, scripts }, {});
  const holder = (address: string) =>
    block!.find(([source]) => new RegExp(source).test(address))?.[1];
  expect(holder("www.googletagmanager.com/gtm.js?id=GTM-ABCD123")).toBe("added");
  expect(holder("www.googletagmanager.com/gtag/js?id=G-ABCD1234")).toBe("ga4");
  expect(holder("www.googletagmanager.com/gtag/js?id=AW-123456789")).toBe("ads");
  expect(holder("scripts.clarity.ms/x.js")).toBe("clarity");
  expect(holder("clarity.ms/x.js")).toBe("clarity");
  expect(holder("notclarity.ms/x.js")).toBeUndefined();
  expect(holder("shop.example/www.clarity.ms/")).toBeUndefined();
});
