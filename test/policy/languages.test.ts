import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseLanguage, directionOf } from "../../gateway/policy/languages.ts";

test.each([
  ["ru", "ltr"],
  ["ar", "rtl"],
  ["he", "rtl"],
  ["ar-EG", "rtl"],
  ["az-Arab", "rtl"],
  ["ku-Latn", "ltr"],
  ["zh-TW", "ltr"],
] as const)("%s runs %s", (language, direction) => {
  expect(directionOf(language)).toBe(direction);
});

describe("the language of a document", () => {
  test.each([
    [["ru", "en"], "en", undefined, "en"],
    [["ru", "en"], "EN", "ru", "en"],
    [["ru", "en"], undefined, "de, en;q=0.5", "en"],
    [["ru", "en"], undefined, "en;q=0.1, ru;q=0.9", "ru"],
    [["ru", "en"], undefined, "en;q=0, de", "ru"],
    [["ru", "en"], undefined, "*", "ru"],
    [["ru", "en"], "fr", undefined, "ru"],
    [["en", "pt-BR"], undefined, "pt-PT, en;q=0.1", "pt-BR"],
    [["en", "pt"], "pt-BR", undefined, "pt"],
    [["pt", "pt-BR"], "pt-BR", undefined, "pt-BR"],
  ])("of %j, asked %j, browser %j: %j", (available, wanted, header, chosen) => {
    expect(chooseLanguage(available, wanted, header)).toBe(chosen);
  });

  test("is always one of those there are", () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), fc.string(), (wanted, header) => {
        expect(["ru", "en"]).toContain(chooseLanguage(["ru", "en"], wanted, header));
      }),
    );
  });
});
