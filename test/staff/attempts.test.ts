import { expect, test } from "vitest";
import { limitAttempts } from "../../gateway/staff/attempts.ts";

const limits = { perKey: 3, overall: 5, window: 60_000 };

function attempts() {
  let now = 1_000_000;
  const clock = { now: () => now };
  return {
    ...limitAttempts(clock, limits),
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test("one key id is limited without limiting others", () => {
  const { failed } = attempts();
  expect([failed("a"), failed("a"), failed("a")]).toEqual([0, 0, 0]);
  expect(failed("a")).toBe(60);
  expect(failed("b")).toBe(0);
});

test("all failures together are limited, those of no key at all too", () => {
  const { failed } = attempts();
  for (const id of ["a", "b", null, null, "c"]) expect(failed(id)).toBe(0);
  expect(failed("d")).toBe(60);
  expect(failed(null)).toBe(60);
});

test("the wait shrinks with time and ends with the window", () => {
  const { failed, advance } = attempts();
  for (let n = 0; n < 3; n += 1) failed("a");
  advance(59_001);
  expect(failed("a")).toBe(1);
  advance(999);
  expect(failed("a")).toBe(0);
});
