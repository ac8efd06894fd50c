import { expect, test } from "vitest";
import { readSettings, writeSettings, type Settings } from "../../gateway/console/settings.ts";

const storing = (text: string | null) => ({ getItem: () => text });

test("settings come back as they were written", () => {
  let kept = "";
  const settings: Settings = { language: "ru", theme: "dark", auto: false };
  writeSettings({ setItem: (_, value) => void (kept = value) }, settings);
  expect(readSettings(storing(kept), ["en-GB"])).toEqual(settings);
});

test.each([
  [["de", "ru-RU", "en"], "ru"],
  [["en-US", "ru"], "en"],
  [["run", "fr"], "en"],
  [[], "en"],
] as const)("a first visit with %j is in %s", (languages, language) => {
  expect(readSettings(storing(null), languages)).toEqual({ language, theme: "system", auto: true });
});

test.each(["{", "null", "7", '{"language":"xx","theme":1,"auto":"no"}'])(
  "damaged settings %s are as none",
  (text) => {
    expect(readSettings(storing(text), [])).toEqual({
      language: "en",
      theme: "system",
      auto: true,
    });
  },
);

test("a browser that forbids storage loses the setting, not the console", () => {
  const forbidden = () => {
    throw new DOMException("forbidden", "SecurityError");
  };
  expect(readSettings({ getItem: forbidden }, ["ru"]).language).toBe("ru");
  expect(() =>
    writeSettings({ setItem: forbidden }, { language: "en", theme: "light", auto: true }),
  ).not.toThrow();
});
