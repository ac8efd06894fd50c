import { describe, expect, it } from "vitest";
import { fill, moment } from "../../../widget/ui/texts.ts";

describe("texts", () => {
  it("fill their slots once, and not with what a value looks like", () => {
    expect(fill("{a} and {b} and {a}", { a: "{b}", b: 2 })).toBe("{b} and 2 and {b}");
  });

  it("tell a moment in the visitor's language, and without words where the browser does not know it", () => {
    expect(moment("ru", 1_771_234_567)).toMatch(/^16 февр. 2026 г., \d\d:\d\d$/);
    expect(moment("tlh", 1_771_234_567)).toMatch(/^2026-02-16 \d\d:\d\d$/);
  });
});
