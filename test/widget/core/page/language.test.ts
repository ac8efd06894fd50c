import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { languageFor } from "../../../../gateway/sites/scripts/language.ts";
import { chooseLanguage } from "../../../../widget/core/page/language.ts";

afterEach(() => {
  vi.restoreAllMocks();
  document.documentElement.lang = "";
});

/** As the tag runs: with the element it came by. */
function chosen(page: string, browser: string[], site: string[], tag?: string): string {
  document.documentElement.lang = page;
  vi.spyOn(navigator, "languages", "get").mockReturnValue(browser);
  const script = document.createElement("script");
  if (tag !== undefined) script.dataset["lang"] = tag;
  vi.spyOn(document, "currentScript", "get").mockReturnValue(script);
  return chooseLanguage(site);
}

test.each([
  ["ru", ["en"], ["en", "ru"], "ru"],
  ["RU", ["en"], ["en", "ru"], "ru"],
  ["", ["de", "ru-RU"], ["en", "ru"], "ru"],
  ["fr", ["ru"], ["en", "ru"], "ru"],
  ["pt-BR", [], ["en", "pt-PT", "pt-BR"], "pt-BR"],
  ["pt", [], ["en", "pt-BR"], "pt-BR"],
  ["pt-BR", [], ["en", "pt"], "pt"],
  ["", ["fr"], ["en", "ru"], "en"],
  ["", [], ["ru"], "ru"],
  ["zh-TW", [], ["zh", "zh-Hant"], "zh-Hant"],
  ["zh-CN", [], ["zh-Hant", "zh"], "zh"],
  ["", ["zh-HK", "en"], ["en", "zh", "zh-Hant"], "zh-Hant"],
  ["zh-TW", ["en"], ["en", "zh"], "zh"],
  ["zh-TW", [], ["zh", "zh-HK"], "zh-HK"],
  ["pt-BR", [], ["pt-PT", "pt"], "pt"],
  ["de_DE", ["fr"], ["en", "fr"], "fr"],
])("page %j, browser %j, site %j: %s", (page, browser, site, language) => {
  expect(chosen(page, browser, site)).toBe(language);
});

test.each([
  ["fr", "de", ["en"], ["en", "de", "fr"], "fr"],
  ["fr-CA", "de", ["en"], ["en", "de", "fr"], "fr"],
  ["it", "de", ["en"], ["en", "de", "fr"], "de"],
  ["", "de", ["en"], ["en", "de", "fr"], "de"],
])("data-lang %j, page %j, browser %j, site %j: %s", (tag, page, browser, site, language) => {
  expect(chosen(page, browser, site, tag)).toBe(language);
});

test("where the gateway puts tag and interface together, it finds what the tag would, or leaves it to the tag", () => {
  const spoken = fc.constantFrom(
    "de",
    "en",
    "en-GB",
    "pt",
    "pt-BR",
    "pt-PT",
    "zh",
    "zh-CN",
    "zh-Hant",
  );
  const tag = fc.oneof(spoken, fc.constantFrom("EN", "zh-TW", "zh-hk", "pt_BR", "x", "-", "en-"));
  const site = fc.uniqueArray(spoken, { minLength: 1, maxLength: 4 });
  const said = fc.oneof(tag, fc.string());
  let found = 0;
  fc.assert(
    fc.property(site, said, fc.array(tag, { maxLength: 3 }), (languages, page, browser) => {
      const language = languageFor(languages, page);
      if (language === null) return;
      found += 1;
      // Without the page's word it is the browser's first.
      expect(language).toBe(chosen(page, browser, languages));
      expect(language).toBe(chosen("", [page, ...browser], languages));
    }),
  );
  expect(found).toBeGreaterThan(20);
});
