import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { TagConfig } from "../../../gateway/contract/widget.ts";
import type { Compressed } from "../../../gateway/compress.ts";
import { vendors } from "../../../gateway/events/vendors.ts";
import { loadBuild, localeOf } from "../../../gateway/sites/builds.ts";
import { PublishError, type SiteFiles } from "../../../gateway/sites/sites.ts";
import { textIssues } from "../../../gateway/sites/scripts/texts.ts";
import { validateSite } from "../../../gateway/sites/directory/validate.ts";
import { bytes, fixtures, installation, shop } from "../installation.ts";

const english = {
  tag: { reopen: "Privacy choices" },
  ui: {
    accept: "Accept all",
    refuse: "Refuse all",
    choose: "Choose",
    save: "Save choice",
    byAccepting: "By pressing “{accept}” you give your [consent].",
    services: "Services: {n}",
  },
  record: { mine: "My choices" },
};

/** A widget build with these texts in English, the fixture's in Russian, and Chinese in both scripts. */
async function build(texts: object = english): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-widget-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(fixtures, "widget"), folder, { recursive: true });
  await writeFile(join(folder, "locales/en.json"), JSON.stringify(texts));
  for (const language of ["pt", "zh", "zh-Hant"])
    await writeFile(
      join(folder, `locales/${language}.json`),
      JSON.stringify({ ...english, tag: { reopen: language } }),
    );
  return folder;
}

const shopSaying = async (texts: object | string): Promise<SiteFiles> =>
  (await shop()).set(
    "texts/en.json",
    bytes(typeof texts === "string" ? texts : JSON.stringify(texts)),
  );

/** What publishing would say about the texts. */
async function problems(texts: object): Promise<[path: string, message: string][]> {
  const content = validateSite(await shopSaying(texts), vendors);
  const issues = textIssues(content.site, content.texts, await loadBuild(await build()));
  return issues.map(({ path, message }) => [path, message]);
}

function run<T>(script: Compressed | null, name: string): T {
  const page: Record<string, unknown> = {};
  runInNewContext(new TextDecoder().decode(script!.body), page);
  return JSON.parse(JSON.stringify(page[name])) as T;
}

describe("an owner's texts", () => {
  test("stand in place of the widget's own, each in the script it belongs to", async () => {
    const { sites } = await installation(await build());
    const { config } = await sites.publish(
      await shopSaying({ reopen: "Cookies", refuse: "No to all", mine: "What I chose" }),
    );
    const tag = run<{ config: TagConfig }>(await sites.tag("shop"), "soglas");
    expect(tag.config.reopen?.label).toEqual({ en: "Cookies", ru: "Настройки приватности" });
    const shown = run<{ strings: object }>(await sites.interface("shop", config, "en"), "shown");
    expect(shown.strings).toEqual({ ...english.ui, refuse: "No to all" });
    const mine = run<{ strings: object }>(await sites.recorder("shop", config, "en"), "recorded");
    expect(mine.strings).toEqual({ mine: "What I chose" });
    const russian = run<{ strings: object }>(await sites.interface("shop", config, "ru"), "shown");
    expect(russian.strings).toEqual({ accept: "Принять все" });
  });

  test("are part of what a decision names as shown, and ask nobody again", async () => {
    const { sites, storage } = await installation(await build());
    const plain = await sites.publish(await shop());
    const before = await sites.effective("shop");
    const own = await sites.publish(await shopSaying({ refuse: "No to all" }));
    const after = await sites.effective("shop");
    const hashes = await storage.main.read
      .selectFrom("site_versions")
      .select(["hash", "texts_hash", "policy_hash"])
      .execute();
    const of = (version: string) => hashes.find(({ hash }) => hash === version)!;
    expect(of(own.version).texts_hash).not.toBe(of(plain.version).texts_hash);
    expect(of(own.version).policy_hash).toBe(of(plain.version).policy_hash);
    expect(own.config).not.toBe(plain.config);
    expect(after!.revision).toBe(before!.revision);
  });

  test("outlive the build they were checked against", async () => {
    const { sites, restart, clock } = await installation(await build());
    await sites.publish(await shopSaying({ refuse: "No to all", mine: "What I chose" }));
    clock.time += 60_000;
    const { mine: _, ...record } = english.record;
    const next = await restart(await build({ ...english, record: { ...record, own: "Mine" } }));
    const { hash } = (await next.effective("shop"))!;
    const mine = run<{ strings: object }>(await next.recorder("shop", hash, "en"), "recorded");
    expect(mine.strings).toEqual({ own: "Mine" });
    expect(run(await next.interface("shop", hash, "en"), "shown")).toMatchObject({
      strings: { refuse: "No to all" },
    });
  });

  test("are refused where the interface has no such text, by name", async () => {
    const { sites } = await installation(await build());
    await expect(
      sites.publish(await shopSaying({ acept: "Yes", "<b>": "x", toString: "x" })),
    ).rejects.toMatchObject({
      issues: [
        { path: "texts/en.json: acept" },
        { path: "texts/en.json" },
        { path: "texts/en.json: toString" },
      ],
    });
  });

  test("keep slots and link of the text they replace", async () => {
    expect(
      await problems({
        byAccepting: "You agree by {accept}.",
        services: "Services",
        accept: "Accept {n}",
        save: "Save [choice]",
      }),
    ).toEqual([
      [
        "texts/en.json: byAccepting",
        "must hold one pair of [square brackets] around the words that become a link",
      ],
      ["texts/en.json: services", "must hold {n}"],
      ["texts/en.json: accept", "must not hold a {slot}"],
      ["texts/en.json: save", "must not hold square brackets, which mark a link elsewhere"],
    ]);
    expect(await problems({ byAccepting: "[Consent] by “{accept}”." })).toEqual([]);
  });

  test("leave every button a name of its own", async () => {
    expect((await problems({ refuse: "accept all " })).map(([path]) => path)).toEqual([
      "texts/en.json: refuse",
    ]);
    expect(await problems({ refuse: "Accept all", accept: "Yes to all" })).toEqual([]);
  });

  test.each([
    ["[]", "texts/en.json"],
    ['{"accept":""}', "texts/en.json: accept"],
    [`{"accept":"${"x".repeat(501)}"}`, "texts/en.json: accept"],
    ['{"accept":{}}', "texts/en.json: accept"],
    ["{", "texts/en.json"],
  ])("of another form than texts by name are refused: %.20s", async (json, path) => {
    await expect(async () => validateSite(await shopSaying(json), vendors)).rejects.toMatchObject({
      issues: [{ path }],
    });
  });

  test("of a language that is not the site's are refused", async () => {
    const files = (await shop()).set("texts/de.json", bytes("{}"));
    expect(() => validateSite(files, vendors)).toThrow(PublishError);
  });

  test("that pass are texts of the interface with its slots, whatever they are", async () => {
    const locale = Object.assign({}, ...Object.values(english)) as Record<string, string>;
    const widget = await loadBuild(await build());
    const { site } = validateSite(await shop(), vendors);
    const text = fc.constantFrom("{accept}", "{n}", "[a]", "]b[", "c", "{accept} [d]");
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(locale), "x", "__proto__"), text),
        (own) => {
          const issues = textIssues(site, new Map([["en", own]]), widget);
          const right = Object.entries(own).every(
            ([key, value]) =>
              Object.hasOwn(locale, key) &&
              value.includes("{accept}") === locale[key]!.includes("{accept}") &&
              value.includes("{n}") === locale[key]!.includes("{n}") &&
              /^[^[\]]*\[[^[\]]*\][^[\]]*$/.test(value) === locale[key]!.includes("["),
          );
          if (!right) expect(issues).not.toEqual([]);
        },
      ),
    );
  });
});

describe("a language of a site", () => {
  test("is spoken in its own script", async () => {
    const widget = await loadBuild(await build());
    const reopen = (language: string) => localeOf(widget, language)?.tag["reopen"];
    expect(reopen("pt-BR")).toBe("pt");
    expect(reopen("zh-CN")).toBe("zh");
    expect(reopen("zh-TW")).toBe("zh-Hant");
    expect(reopen("zh-Hans")).toBe("zh");
    expect(reopen("ru-Latn")).toBeUndefined();
    expect(reopen("eo")).toBeUndefined();
  });

  test("without an interface is named, with those there are", async () => {
    const { site } = validateSite(await shop(), vendors);
    const issues = textIssues(
      { ...site, languages: ["en", "eo"] },
      new Map(),
      await loadBuild(await build()),
    );
    expect(issues).toEqual([
      {
        path: "site.json: languages.1",
        message:
          "is a language that the interface does not speak; it speaks en, pt, ru, zh, zh-Hant. Take one of these, or remove it",
      },
    ]);
  });
});
