import { expect, it } from "vitest";
import { createIntake } from "../../../gateway/events/intake/intake.ts";

function intake() {
  const clock = { at: 5_000_000, now: () => clock.at };
  const made = createIntake(clock);
  const commits = (count: number) => {
    for (let each = 0; each < count; each++) made.noted();
  };
  return { clock, commits, rest: made.rest };
}

it("asks for no rest while little comes in", () => {
  const { clock, commits, rest } = intake();
  expect(rest(100)).toBe(0);
  for (let second = 0; second < 5; second++) {
    commits(4);
    expect(rest(100)).toBe(0);
    clock.at += 1000;
  }
});

it("asks for several times the work while much comes in, and until a second after", () => {
  const { clock, commits, rest } = intake();
  commits(5);
  expect(rest(100)).toBe(400);
  expect(rest(60_000)).toBe(2000);
  clock.at += 1000;
  expect(rest(100)).toBe(400);
  clock.at += 1000;
  expect(rest(100)).toBe(0);
});

it("forgets a busy second that lies further back", () => {
  const { clock, commits, rest } = intake();
  commits(100);
  clock.at += 3000;
  expect(rest(100)).toBe(0);
});
