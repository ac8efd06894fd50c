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
  const { take } = attempts();
  expect([take("a"), take("a"), take("a")]).toEqual([0, 0, 0]);
  expect(take("a")).toBe(60);
  expect(take("b")).toBe(0);
});

test("all failures together are limited, those of no key at all too", () => {
  const { take } = attempts();
  for (const id of ["a", "b", null, null, "c"]) expect(take(id)).toBe(0);
  expect(take("d")).toBe(60);
  expect(take(null)).toBe(60);
});

test("the wait shrinks with time and ends with the window", () => {
  const { take, advance } = attempts();
  for (let n = 0; n < 3; n += 1) take("a");
  advance(59_001);
  expect(take("a")).toBe(1);
  advance(999);
  expect(take("a")).toBe(0);
});

test("only failures count", () => {
  const { take, succeeded } = attempts();
  for (let n = 0; n < 20; n += 1) {
    expect(take("a")).toBe(0);
    succeeded("a");
  }
  expect([take("a"), take("a"), take("a")]).toEqual([0, 0, 0]);
  expect(take("a")).toBeGreaterThan(0);
});

test("an attempt that succeeds in a later window takes nothing from it", () => {
  const { take, succeeded, advance } = attempts();
  take("a");
  advance(60_000);
  for (const id of ["b", "b", "b", "c", "c"]) expect(take(id)).toBe(0);
  succeeded("a");
  expect(take("d")).toBeGreaterThan(0);
});
