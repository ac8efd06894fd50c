/** The cookie without scripts and the widget's own are one: what either writes, the other reads the same. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { TagConfig } from "../../../gateway/contract/widget.ts";
import { askedOf } from "../../../gateway/sites/asked.ts";
import { choiceText, cookieReach, readChoice } from "../../../gateway/sites/choices/cookie.ts";
import type { SiteConfig } from "../../../gateway/sites/sites.ts";
import { encodeSaved } from "../../../widget/core/choice/encode.ts";
import { decodeSaved, validDays, type Saved } from "../../../widget/core/choice/saved.ts";

const now = 1_780_000_000;

function configOf(change: object = {}): SiteConfig {
  return {
    revision: "pX3_k9-Z",
    site: {
      purposes: [
        { id: "necessary", essential: true },
        { id: "media", essential: false },
        { id: "analytics", essential: false },
      ],
      services: [
        { id: "metrika", purpose: "analytics" },
        { id: "shop", purpose: "necessary" },
        { id: "ga4", purpose: "analytics" },
      ],
      validity: { grantDays: 365, refusalDays: 180 },
      refusal: { id: true },
      origins: ["https://www.shop.example", "http://shop.example:8080"],
      cookie: { name: "soglas" },
      ...change,
    },
  } as unknown as SiteConfig;
}

const config = configOf();
const asked = askedOf(config.site);
const tag = {
  revision: config.revision,
  days: { grant: 365, refusal: 180 },
  asked: [...asked.purposes, ...asked.services],
} as TagConfig;
/** As the widget takes it: null for what has lapsed. */
function widgetReads(text: string): Saved | null {
  const saved = decodeSaved(text, tag);
  return saved && saved.time + validDays(tag, saved) * 86_400 > now ? saved : null;
}
/** As it is read here, in the widget's form. */
function readHere(text: string): Saved | null {
  const kept = readChoice(text, config, now);
  return (
    kept && { ...kept, choice: kept.choice && { ...kept.choice.purposes, ...kept.choice.services } }
  );
}
const id128 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString("base64url"));
const states = (ids: string[]) =>
  fc.record(Object.fromEntries(ids.map((id) => [id, fc.constantFrom("granted", "denied")])));

it("asks about what is not essential, sorted", () => {
  expect(asked).toEqual({ purposes: ["analytics", "media"], services: ["ga4", "metrika"] });
});

it("what is written here the widget reads, and writes the same", () => {
  const decision = fc.record({
    secret: id128,
    counter: fc.integer({ min: 1, max: 1_000_000 }),
    time: fc.integer({ min: now - 170 * 86_400, max: now }),
    purposes: states(asked.purposes),
    services: states(asked.services),
  });
  fc.assert(
    fc.property(decision, (decided) => {
      const text = choiceText(decided as never, config);
      const saved = widgetReads(text);
      expect(saved).toMatchObject({ secret: decided.secret, time: decided.time });
      for (const [id, state] of Object.entries({ ...decided.purposes, ...decided.services }))
        expect(saved!.choice![id]).toBe(state === "granted");
      expect(encodeSaved(saved!, tag)).toBe(text);
      expect(readHere(text)).toEqual(saved);
      expect(text.length).toBeLessThanOrEqual(120);
    }),
  );
});

it("whatever else stands in the cookie, both read the same", () => {
  const part = fc.oneof(fc.string({ maxLength: 25 }), fc.constantFrom("", "1", "zz", "--------"));
  const near = fc
    .tuple(id128, part, part, part, fc.constantFrom(config.revision, "--------", "abcdefgh"))
    .map(([secret, ...rest]) => ["1", secret, ...rest].join("."));
  fc.assert(
    fc.property(fc.oneof(near, fc.string()), (text) => {
      expect(readHere(text)).toEqual(widgetReads(text));
    }),
  );
  expect(readChoice(undefined, config, now)).toBeNull();
});

it("a refusal that keeps no id keeps none here either", () => {
  const without = configOf({ refusal: { id: false } });
  const refused = {
    secret: "q3Zk0b7yQmVn8r5tXwJc2A",
    counter: 7,
    time: now,
    purposes: { analytics: "denied", media: "denied" },
    services: { ga4: "denied", metrika: "denied" },
  } as const;
  expect(readChoice(choiceText(refused, without), without, now)).toMatchObject({
    secret: "",
    counter: 0,
  });
  const granted = { ...refused, purposes: { analytics: "denied", media: "granted" } } as const;
  expect(readChoice(choiceText(granted, without), without, now)).toMatchObject({
    secret: refused.secret,
    counter: 7,
  });
});

it.each([
  ["www.shop.example", undefined, ""],
  ["shop.example", undefined, ""],
  ["consent.shop.example", undefined, null],
  ["consent.shop.example", "shop.example", "shop.example"],
  ["shop.example", "shop.example", "shop.example"],
  ["evilshop.example", "shop.example", null],
  ["consent.example", "shop.example", null],
])("from %s, with the cookie's domain %s, it reaches %j", (host, domain, reach) => {
  expect(cookieReach(configOf({ cookie: { name: "soglas", domain } }), host)).toBe(reach);
});

it("reaches nothing where choices are kept in local storage", () => {
  const local = configOf({ cookie: { name: "soglas", keep: "local" } });
  expect(cookieReach(local, "www.shop.example")).toBeNull();
});
