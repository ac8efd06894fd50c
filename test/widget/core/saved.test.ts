import fc from "fast-check";
import { expect, test } from "vitest";
import { askedOf } from "../../../widget/core/asked.ts";
import { decodeSaved, encodeSaved, grantsAny, type Saved } from "../../../widget/core/saved.ts";
import { config } from "./tag-page.ts";

const asked = askedOf(config);
const time = 1_790_000_000;
const secret = "AbCdEfGhIjKlMnOpQrStUg";
const decode = (text: string, now = time) => decodeSaved(text, config, asked, now);

const saved = fc.record({
  secret: fc.constantFrom("", secret),
  counter: fc.integer({ min: 0, max: 1_000_000 }),
  time: fc.integer({ min: time - 1000, max: time }),
  choice: fc
    .tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean())
    .map(([analytics, media, ga4, metrika, clean]) => ({
      purposes: { analytics, media },
      services: { ga4, metrika, "metrika-clean": clean },
    })),
});

test("what was written is read back", () => {
  fc.assert(
    fc.property(saved, (value: Saved) => {
      expect(decode(encodeSaved(value, config, asked))).toEqual(value);
    }),
  );
});

test("no text makes it throw, and nothing but a whole cookie counts as a choice", () => {
  const whole = encodeSaved(
    { secret, counter: 3, time, choice: { purposes: {}, services: {} } },
    config,
    asked,
  );
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
  const many = (prefix: string, length: number) =>
    Array.from({ length }, (_, index) => `${prefix}${index}`);
  const largest = { purposes: many("p", 32), services: many("s", 64) };
  const all = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, true]));
  const choice = { purposes: all(largest.purposes), services: all(largest.services) };
  const text = encodeSaved({ secret, counter: 1_000_000, time, choice }, config, largest);
  expect(encodeURIComponent(text)).toBe(text);
  expect(`${"n".repeat(24)}=${text}`.length).toBeLessThanOrEqual(120);
  expect(decodeSaved(text, config, largest, time)?.choice).toEqual(choice);
});

test("another revision keeps the subject and forgets the choice", () => {
  const choice = { purposes: { analytics: true }, services: {} };
  const text = encodeSaved({ secret, counter: 2, time, choice }, config, asked);
  expect(decodeSaved(text, { ...config, revision: "otherone" }, asked, time)).toEqual({
    secret,
    counter: 2,
    time,
    choice: null,
  });
});

test("other purposes under the same revision count as no choice, never as a shifted one", () => {
  const choice = { purposes: { analytics: true, media: true }, services: {} };
  const text = encodeSaved({ secret, counter: 2, time, choice }, config, asked);
  const fewer = { ...asked, purposes: ["analytics"] };
  expect(decodeSaved(text, config, fewer, time)?.choice).toBeNull();
});

test.each([
  [true, 365],
  [false, 180],
])("a choice with a grant: %s lapses after %i days", (analytics, days) => {
  const choice = { purposes: { analytics, media: false }, services: {} };
  const text = encodeSaved({ secret, counter: 1, time, choice }, config, asked);
  expect(grantsAny(decode(text, time + days * 86400 - 1)!.choice)).toBe(analytics);
  expect(decode(text, time + days * 86400)).toBeNull();
});

test("the order of the configuration does not matter", () => {
  const turned = {
    ...config,
    purposes: config.purposes.toReversed(),
    services: config.services.toReversed(),
  };
  expect(askedOf(turned)).toEqual(asked);
});

test("under the same texts a choice stands to the second of its days, grants and refusals each for their own", () => {
  fc.assert(
    fc.property(
      saved,
      fc.integer({ min: 0, max: 730 * 86_400 }),
      fc.integer({ min: 1, max: 730 }),
      fc.integer({ min: 180, max: 730 }),
      (value: Saved, later, grant, refusal) => {
        const text = encodeSaved(value, config, asked);
        const days = grantsAny(value.choice) ? grant : refusal;
        const settings = { ...config, days: { grant, refusal } };
        const standing = decodeSaved(text, settings, asked, value.time + later);
        expect(standing).toEqual(later < days * 86_400 ? value : null);
        // Six months at least, whatever is configured.
        if (!grantsAny(value.choice) && later < 180 * 86_400) expect(standing).not.toBeNull();
      },
    ),
  );
});
