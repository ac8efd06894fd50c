import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { SiteInput } from "../../../gateway/contract/site.ts";
import type {
  InterfaceConfig,
  RecorderConfig,
  TagConfig,
} from "../../../gateway/contract/widget.ts";
import type { Compressed } from "../../../gateway/compress.ts";
import { loadBuild } from "../../../gateway/sites/builds.ts";
import { composeTag } from "../../../gateway/sites/scripts/compose.ts";
import { fixtures, installation, publicUrl, shop, shopWith } from "../installation.ts";

const text = (script: Compressed | null) => new TextDecoder().decode(script!.body);

/** Runs a composed script as a page would; the fixture's pieces leave what they were given. */
function run<T>(script: Compressed | null, name: string): T {
  const page: Record<string, unknown> = {};
  runInNewContext(text(script), page);
  return JSON.parse(JSON.stringify(page[name])) as T;
}

async function tagOf(change: (site: SiteInput) => void = () => {}) {
  const { sites } = await installation();
  const { config } = await sites.publish(await shopWith(change));
  const tag = run<{ config: TagConfig; parts: string[] }>(await sites.tag("shop"), "soglas");
  return { ...tag, hash: config };
}

test("the tag carries the configuration that a decided visitor needs", async () => {
  const { config, hash } = await tagOf();
  expect(config).toEqual({
    site: "shop",
    gateway: publicUrl,
    config: hash,
    revision: expect.stringMatching(/^[\w-]{8}$/) as string,
    languages: ["en", "ru"],
    cookie: "soglas",
    shared: "shop.example",
    days: { grant: 365, refusal: 180 },
    asked: ["analytics", "ga4", "metrika"],
    always: ["necessary"],
    services: [
      {
        id: "ga4",
        vendor: "ga4",
        mode: "tag",
        pages: expect.any(String) as string,
        src: "https://www.googletagmanager.com/gtag/js?id=G-LAMPS001",
        measurementId: "G-LAMPS001",
      },
      { id: "metrika", vendor: "metrika", mode: "gateway" },
    ],
    consentMode: {
      ad_storage: [],
      ad_user_data: [],
      ad_personalization: [],
      analytics_storage: ["analytics"],
      functionality_storage: [],
      personalization_storage: [],
    },
    exclude: expect.any(String) as string,
    mask: [[expect.any(String), "/orders/masked"]],
    reopen: { side: "left", label: { en: "Privacy choices", ru: "Настройки приватности" } },
  } satisfies TagConfig);
  expect(new RegExp(config.exclude!).test("/health/allergy")).toBe(true);
  expect(new RegExp(config.services[0]!.pages!).test("/sale/lamps")).toBe(true);
  expect(new RegExp(config.services[0]!.pages!).test("/about")).toBe(false);
});

test("swept is what the vendor's tag is known for, and what the owner names beside it", async () => {
  const { sites } = await installation();
  const files = await shopWith((site) => {
    const [ga4, metrika] = site.services;
    ga4!.stores!.push({ name: "own", kind: "local", days: 1 }, { name: "_gat_UA*", days: 1 });
    metrika!.stores = [{ name: "_ym_uid", days: 1 }];
  });
  const { config } = await sites.publish(files);
  const { config: settings, strings } = run<{ config: RecorderConfig; strings: unknown }>(
    await sites.recorder("shop", config, "ru"),
    "recorded",
  );
  expect(settings).toEqual({
    jurisdiction: "eu",
    refusalId: false,
    domain: "shop.example",
    stores: {
      ga4: [
        ["cookie", "_ga"],
        ["cookie", "_ga_*"],
        ["cookie", "_gid"],
        ["cookie", "_gat*"],
        ["local", "own"],
      ],
      // Nothing of the vendor is in the page in gateway mode.
      metrika: [["cookie", "_ym_uid"]],
    },
  });
  expect(strings).toEqual({ mine: "Мой выбор" });
});

test("of the query a balanced gateway service may know the five campaign parameters", async () => {
  const { config } = await tagOf((site) => (site.services[1]!.profile = "balanced"));
  const [, metrika] = config.services;
  const query = metrika!.mode === "gateway" ? metrika!.query : undefined;
  const given =
    "?utm_source=a&x_utm_source=b&utm_medium=c&utm_campaign=d&utm_term=e&gclid=f&utm_content=g&utm_id=h&utm_source=";
  expect(given.match(new RegExp(query!, "g"))).toEqual([
    "?utm_source=a",
    "&utm_medium=c",
    "&utm_campaign=d",
    "&utm_term=e",
    "&utm_content=g",
  ]);
  const strict = (await tagOf()).config.services[1]!;
  expect(strict).not.toHaveProperty("query");
});

test("only the parts that are configured travel", async () => {
  expect((await tagOf()).parts).toEqual(["ga4", "rules", "tracker", "shared"]);
  expect((await tagOf((site) => site.services.splice(0, 1))).parts).toEqual([
    "rules",
    "tracker",
    "shared",
  ]);
  expect((await tagOf((site) => (site.services[1]!.mode = "tag"))).parts).toEqual([
    "ga4",
    "metrika",
    "rules",
    "shared",
  ]);
  // Where no page differs from another and no event tells of one, nothing looks at pages.
  const plain = await tagOf((site) => {
    delete site.cookie;
    site.services = [{ ...site.services[0]!, pages: undefined }];
    delete site.pages;
  });
  expect(plain.parts).toEqual(["ga4"]);
});

test("a build of before there was a piece has a tag without it, so that its records can be shown again", async () => {
  const { config } = await tagOf();
  const all = await loadBuild(join(fixtures, "widget"));
  const pieces = new Map([...all.pieces].filter(([name]) => name !== "shared"));
  expect(composeTag(all, config)).toContain(all.pieces.get("shared")!.trim().replace(/;$/, ""));
  expect(composeTag({ ...all, pieces }, config)).toContain('"shared":"shop.example"');
});

test("what is not configured is absent", async () => {
  const { config } = await tagOf((site) => {
    site.banner = { reopen: "none" };
    delete site.pages;
    delete site.cookie;
  });
  expect(config).not.toHaveProperty("reopen");
  expect(config).not.toHaveProperty("exclude");
  expect(config).not.toHaveProperty("mask");
  expect(config.cookie).toBe("soglas");
});

test("under ru a destination abroad is off until its notification is attested", async () => {
  const russian = (attested: boolean) => (site: SiteInput) => {
    site.jurisdiction = "ru";
    site.services[0]!.mode = "gateway";
    site.services[0]!.recipient.attested = attested;
    site.services[1]!.recipient.crossBorder = false;
  };
  const off = await tagOf(russian(false));
  expect(off.config.services.map(({ id }) => id)).toEqual(["metrika"]);
  const on = await tagOf(russian(true));
  expect(on.config.services.map(({ id }) => id)).toEqual(["ga4", "metrika"]);
  expect(on.config.revision).not.toBe(off.config.revision);
});

test("the interface carries the texts of one language", async () => {
  const { sites } = await installation();
  const { config, version } = await sites.publish(await shop());
  const { config: shown, strings } = run<{ config: InterfaceConfig; strings: unknown }>(
    await sites.interface("shop", config, "ru"),
    "shown",
  );
  expect(strings).toEqual({ accept: "Принять все" });
  expect(shown).toMatchObject({
    language: "ru",
    direction: "ltr",
    jurisdiction: "eu",
    look: { placement: "box", theme: "system", accent: "#1f5eff" },
    controller: { name: "Lamps Ltd", contact: "privacy@shop.example" },
    documents: {
      policy: `${publicUrl}/p/shop/policy/${version}?lang=ru`,
      consent: `${publicUrl}/p/shop/consent/${version}?lang=ru`,
    },
    summary: { lead: "Мы хотели бы считать посещения." },
  });
  expect(shown.summary.points[0]?.href).toBe(
    `${publicUrl}/p/shop/policy/${version}?lang=ru#${encodeURIComponent("1-что-мы-собираем")}`,
  );
  expect(shown.purposes.map(({ id, services }) => [id, services.length])).toEqual([
    ["necessary", 0],
    ["analytics", 2],
  ]);
  expect(shown.purposes[1]?.services[0]).toEqual({
    id: "ga4",
    name: "Google Analytics",
    description: "Скрипт Google.",
    mode: "tag",
    recipient: { name: "Google LLC", country: "Соединенные Штаты", crossBorder: true },
    stores: [
      { name: "_ga", kind: "cookie", life: "2 года", removable: true },
      { name: "_ga_*", kind: "cookie", life: "2 года", removable: true },
      { name: "NID", kind: "cookie", life: "6 месяцев", removable: false },
    ],
  });
});

test("the interface exists for logged configurations and languages of the site only", async () => {
  const { sites } = await installation();
  const { config, version } = await sites.publish(await shop());
  expect(await sites.interface("shop", config, "de")).toBeNull();
  expect(await sites.interface("shop", version, "ru")).toBeNull();
  expect(await sites.interface("other", config, "ru")).toBeNull();
});

test("texts cannot end the script they travel in", async () => {
  const hostile = "</script><!-- \u2028 ${`";
  const { sites } = await installation();
  const files = await shopWith((site) => (site.services[1]!.description["en"] = hostile));
  const { config } = await sites.publish(files);
  const script = await sites.interface("shop", config, "en");
  expect(text(script)).not.toContain("</script");
  const { config: shown } = run<{ config: InterfaceConfig }>(script, "shown");
  expect(shown.purposes[1]?.services[1]?.description).toBe(hostile);
});

test("the compressed forms hold the same script, and are made once", async () => {
  const { sites } = await installation();
  await sites.publish(await shop());
  const [one, two] = await Promise.all([sites.tag("shop"), sites.tag("shop")]);
  expect(one).toBe(two);
  expect(brotliDecompressSync(one!.br).equals(one!.body)).toBe(true);
  expect(gunzipSync(one!.gzip).equals(one!.body)).toBe(true);
  expect(one!.br.length).toBeLessThan(one!.body.length);
});

test("no site, no tag", async () => {
  const { sites } = await installation();
  expect(await sites.tag("shop")).toBeNull();
  expect(await sites.tag("__proto__")).toBeNull();
});

test("a folder without a widget build is refused in one clear line", async () => {
  await expect(installation(join(fixtures, "shop"))).rejects.toThrow("npm run build");
});
