import { expect, it } from "vitest";
import { createCircuit } from "../../../gateway/events/forwarding/circuit.ts";

function circuit() {
  const clock = { at: 1_000_000, now: () => clock.at };
  return { clock, ...createCircuit(clock, () => 0.5) };
}

it("lets everything through until three requests in a row fail", async () => {
  const { enter, failed, succeeded, openUntil } = circuit();
  failed(null);
  failed(null);
  succeeded();
  failed(null);
  failed(null);
  expect(await enter()).toBeNull();
  expect(openUntil()).toBeNull();
  failed(null);
  expect(await enter()).toBe(openUntil());
  expect(openUntil()).toBeGreaterThan(1_000_000);
});

it("opens at once, and for as long, when the vendor asks for a pause", () => {
  const { failed, openUntil } = circuit();
  failed(90_000);
  expect(openUntil()).toBe(1_090_000);
});

it("takes requests that fail together for one outage, and each further outage for a longer one", async () => {
  const { clock, failed, openUntil, enter } = circuit();
  for (let request = 0; request < 20; request++) failed(null);
  const first = openUntil()! - clock.at;
  clock.at = openUntil()!;
  expect(await enter()).toBeNull();
  failed(null);
  expect(openUntil()! - clock.at).toBe(2 * first);
});

it.each([
  ["lets the others through when the vendor is back", "succeeded", null],
  ["keeps them back when it is not", "failed", expect.any(Number)],
] as const)("sends one probe, and %s", async (_, end, later) => {
  const { clock, failed, succeeded, openUntil, enter } = circuit();
  failed(60_000);
  clock.at += 60_000;
  expect(await enter()).toBeNull();
  let waiting = 0;
  const others = [enter(), enter()].map((entered) => {
    waiting += 1;
    return entered.finally(() => (waiting -= 1));
  });
  await new Promise(setImmediate);
  expect(waiting).toBe(2);
  if (end === "succeeded") succeeded();
  else failed(null);
  // Who waited reads the consent again before it sends.
  const comeBack = end === "succeeded" ? clock.at : openUntil();
  expect(await Promise.all(others)).toEqual([comeBack, comeBack]);
  expect(await enter()).toEqual(later);
});
