import { describe, expect, it } from "vitest";
import { countryIn, lengthIn } from "../../gateway/policy/spelled.ts";

describe("lengths of time", () => {
  it.each([
    ["en", 1, "1 day"],
    ["en", 30, "1 month"],
    ["en", 730, "2 years"],
    ["ru", 2, "2 дня"],
    ["ru", 21, "21 день"],
    ["ru", 150, "5 месяцев"],
    ["ru", 400, "400 дней"],
    ["ru", 1825, "5 лет"],
    ["ar", 60, "شهران"],
    ["be", 1, "1 дзень"],
    ["be", 2, "2 дні"],
    ["be", 11, "11 дзён"],
    ["be", 730, "2 гады"],
    ["ga", 365, "1 bhliain"],
    ["ga", 1095, "3 bliana"],
    ["ga", 2555, "7 mbliana"],
    ["ga", 60, "2 mhí"],
    ["mt", 1, "1 jum"],
    ["mt", 730, "sentejn"],
    ["mt", 5, "5 ijiem"],
    ["mt", 11, "11-il jum"],
    ["mt", 330, "11-il xahar"],
    ["mt", 7300, "20 sena"],
    ["pt-BR", 365, "1 ano"],
    ["zh-Hant", 365, "1 年"],
  ])("in %s, %i days are %s", (language, days, text) => {
    expect(lengthIn(language, days).replaceAll("\u00A0", " ")).toBe(text);
  });
});

it("countries have their names", () => {
  expect(countryIn("ru", "DE")).toBe("Германия");
  expect(countryIn("mt", "US")).toBe("l-Istati Uniti");
  expect(countryIn("kk", "RU")).toBe("Ресей");
});
