import { expect, it } from "vitest";
import { randomStock } from "../../gateway/random.ts";

it("gives every byte once, also where a stock ends", () => {
  const random = randomStock();
  const drawn = Array.from({ length: 2000 }, () => Buffer.from(random(12)).toString("hex"));
  expect(new Set(drawn).size).toBe(drawn.length);
  expect(drawn.every((text) => text.length === 24)).toBe(true);
});
