import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { primaryLanguage } from "../../gateway/privacy/language.ts";
import { screenClass, typicalResolution } from "../../gateway/privacy/screen.ts";

describe("primaryLanguage", () => {
  it.each([
    ["ru", "ru"],
    ["pt-BR", "pt"],
    ["EN_us", "en"],
    ["zh-Hant-TW-x-alice", "zh"],
    ["tlh", null],
    ["english", null],
    ["", null],
    ["alice@example.com", null],
  ])("%j → %j", (tag, expected) => {
    expect(primaryLanguage(tag)).toBe(expected);
  });

  it("is two letters or nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (tag) => {
        expect(primaryLanguage(tag) ?? "xx").toMatch(/^[a-z]{2}$/);
      }),
    );
  });
});

describe("screenClass", () => {
  it.each([
    [0, null],
    [-1, null],
    [Number.NaN, null],
    [360, "small"],
    [599, "small"],
    [600, "medium"],
    [1199, "medium"],
    [1200, "large"],
    [5120, "large"],
  ])("%d → %s", (width, expected) => {
    expect(screenClass(width)).toBe(expected);
  });

  it("stands for one resolution each", () => {
    expect((["small", "medium", "large"] as const).map(typicalResolution)).toEqual([
      "390x844",
      "820x1180",
      "1920x1080",
    ]);
  });
});
