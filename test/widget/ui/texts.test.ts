import { describe, expect, it } from "vitest";
import { countryName, fill, life, moment } from "../../../widget/ui/texts.ts";

describe("texts", () => {
  it("fill their slots once, and not with what a value looks like", () => {
    expect(fill("{a} and {b} and {a}", { a: "{b}", b: 2 })).toBe("{b} and 2 and {b}");
  });

  it.each([
    ["en", 1, "1 day"],
    ["en", 30, "1 month"],
    ["en", 730, "2 years"],
    ["ru", 2, "2 дня"],
    ["ru", 21, "21 день"],
    ["ru", 150, "5 месяцев"],
    ["ru", 400, "400 дней"],
    ["ru", 1825, "5 лет"],
  ])("tell in %s that %i days are %s", (language, days, text) => {
    expect(life(language, days).replaceAll("\u00A0", " ")).toBe(text);
  });

  it("name countries and moments in the visitor's language", () => {
    expect(countryName("ru", "DE")).toBe("Германия");
    expect(moment("ru", 1_771_234_567)).toMatch(/^16 февр. 2026 г., \d\d:\d\d$/);
  });
});
