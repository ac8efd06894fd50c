import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { encodeSaved } from "../../../../widget/core/choice/encode.ts";
import {
  decodeSaved,
  grantsAny,
  rememberedChoice,
  type Saved,
} from "../../../../widget/core/choice/saved.ts";
import { openStore } from "../../../../widget/core/store.ts";
import { config } from "../../config.ts";

const time = 1_790_000_000;
const secret = "AbCdEfGhIjKlMnOpQrStUg";
const decode = (text: string) => decodeSaved(text, config);

const saved = fc.record({
  secret: fc.constantFrom("", secret),
  counter: fc.integer({ min: 0, max: 1_000_000 }),
  time: fc.integer({ min: time - 1000, max: time }),
  choice: fc
    .tuple(...config.asked.map(() => fc.boolean()))
    .map((states) => Object.fromEntries(config.asked.map((id, at) => [id, states[at]!]))),
});

test("what was written is read back", () => {
  fc.assert(
    fc.property(saved, (value: Saved) => {
      expect(decode(encodeSaved(value, config))).toEqual(value);
    }),
  );
});

test("no text makes it throw, and nothing but a whole cookie counts as a choice", () => {
  const whole = encodeSaved({ secret, counter: 3, time, choice: {} }, config);
  const damaged = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.tuple(fc.nat(whole.length - 1), fc.string({ maxLength: 3 })).map(([at, piece]) => {
      return whole.slice(0, at) + piece + whole.slice(at + 1);
    }),
  );
  fc.assert(
    fc.property(damaged, (text) => {
      const value = decode(text);
      if (value?.choice)
        expect(text).toMatch(/^1\.[\w-]*\.[\da-z]+\.[\da-z]+\.[\da-f]+\.pX3_k9-Z$/);
    }),
    { numRuns: 2000 },
  );
});

test("needs no escaping, and at most 120 bytes with 96 choices and the longest name", () => {
  const asked = Array.from({ length: 96 }, (_, index) => `id${index}`);
  const choice = Object.fromEntries(asked.map((id) => [id, true]));
  const largest = { ...config, asked };
  const text = encodeSaved({ secret, counter: 1_000_000, time, choice }, largest);
  expect(encodeURIComponent(text)).toBe(text);
  expect(`${"n".repeat(24)}=${text}`.length).toBeLessThanOrEqual(120);
  expect(decodeSaved(text, largest)?.choice).toEqual(choice);
});

test("another revision keeps the subject and forgets the choice", () => {
  const text = encodeSaved({ secret, counter: 2, time, choice: { analytics: true } }, config);
  expect(decodeSaved(text, { ...config, revision: "otherone" })).toEqual({
    secret,
    counter: 2,
    time,
    choice: null,
  });
});

test("other purposes under the same revision count as no choice, never as a shifted one", () => {
  const choice = { analytics: true, media: true };
  const text = encodeSaved({ secret, counter: 2, time, choice }, config);
  expect(decodeSaved(text, { ...config, asked: config.asked.slice(1) })?.choice).toBeNull();
});

/** What is in force with this in the cookie, and this in the store. */
function remembered(cookie: Saved | null, stored: unknown, now = time): Saved | null {
  localStorage.clear();
  document.cookie = `${config.cookie}=${cookie ? encodeSaved(cookie, config) : ""}; path=/`;
  const store = openStore(config.site);
  store.set("choice", stored);
  vi.setSystemTime(now * 1000);
  return rememberedChoice(config, store);
}
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const choice = (granted: boolean) => Object.fromEntries(config.asked.map((id) => [id, granted]));
const { revision } = config;

test.each([
  [true, 365],
  [false, 180],
])("a choice with a grant: %s lapses after %i days, wherever it is kept", (granted, days) => {
  const made = { secret, counter: 1, time, choice: choice(granted) };
  for (const [cookie, stored] of [
    [made, null],
    [null, { ...made, revision }],
  ] as const) {
    expect(grantsAny(remembered(cookie, stored, time + days * 86400 - 1)!.choice)).toBe(granted);
    expect(remembered(cookie, stored, time + days * 86400)).toBeNull();
  }
});

test("of one subject the higher counter is in force, though a clock was set back", () => {
  const older = { secret, counter: 1, time, choice: choice(true) };
  const newer = { secret, counter: 2, time: time - 3600, choice: choice(false) };
  expect(remembered(older, { ...newer, revision })).toMatchObject({ counter: 2 });
  expect(remembered(newer, { ...older, revision })).toMatchObject({ counter: 2 });
});

test("of two subjects the later decision is in force", () => {
  const forgotten = { secret: "", counter: 0, time: time - 60, choice: choice(false) };
  const next = { secret, counter: 1, time: time - 30, choice: choice(true) };
  expect(remembered(forgotten, { ...next, revision })).toMatchObject({ secret });
  expect(remembered({ ...forgotten, time }, { ...next, revision })).toMatchObject({ secret: "" });
});

test("what the store holds of nobody does not count, and of other texts only whose it was", () => {
  const made = { secret, counter: 1, time, choice: choice(true) };
  fc.assert(
    fc.property(fc.jsonValue(), (stored) => {
      expect(remembered(made, stored)).toEqual(made);
    }),
  );
  // Asked again as the same subject, whose grant a refusal must then reach.
  expect(remembered(null, { ...made, revision: "otherone" })).toMatchObject({
    secret,
    counter: 1,
    choice: null,
  });
});
