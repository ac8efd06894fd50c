import { afterEach, expect, test, vi } from "vitest";
import { chooseLanguage } from "../../../widget/core/language.ts";

afterEach(() => {
  vi.restoreAllMocks();
  document.documentElement.lang = "";
});

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
])("page %j, browser %j, site %j: %s", (page, browser, site, chosen) => {
  document.documentElement.lang = page;
  vi.spyOn(navigator, "languages", "get").mockReturnValue(browser);
  expect(chooseLanguage(site)).toBe(chosen);
});
