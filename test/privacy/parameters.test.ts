import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DropReason } from "../../gateway/privacy/drop.ts";
import { parameterRules } from "../../gateway/privacy/parameter-rules.ts";
import {
  cleanParameters,
  cleanText,
  type ParameterValue,
} from "../../gateway/privacy/parameters.ts";
import { disguises, identities, spellings } from "./identities.ts";

function cleaned(
  params: Record<string, ParameterValue>,
  { masked = false, rules = parameterRules("ga4", "strict") } = {},
) {
  const dropped: DropReason[] = [];
  const kept = cleanParameters(params, { rules, masked, drop: (reason) => dropped.push(reason) });
  return { kept, dropped };
}

describe("cleanParameters", () => {
  it("keeps listed names, drops every other one, and says why each was dropped", () => {
    expect(
      cleaned({
        value: 1,
        currency: "RUB",
        success: true,
        user_id: "7",
        nobody_knows: "x",
        method: identities.email,
        level: identities.phone,
        content_type: " ",
        price: 1e12,
      }),
    ).toEqual({
      kept: { value: 1, currency: "RUB", success: true },
      dropped: ["unlisted", "unlisted", "email", "phone", "form", "form"],
    });
  });

  it("leaves an order's number out, for somebody else to replace", () => {
    expect(cleaned({ transaction_id: "A-1" })).toEqual({ kept: {}, dropped: [] });
  });

  it("coarsens what could tell two visitors apart", () => {
    expect(
      cleaned({ engagement_time_msec: 1234, percent_scrolled: 87, video_percent: 0 }).kept,
    ).toEqual({ engagement_time_msec: 2000, percent_scrolled: 90, video_percent: 0 });
    expect(cleaned({ video_percent: "87" })).toEqual({ kept: {}, dropped: ["form"] });
  });

  it("follows the vendor's table and the profile's", () => {
    const params = { engagement_time_msec: 1000, promotion_name: "spring", search_term: "rash" };
    const keptBy = (vendor: string, profile: "strict" | "balanced") =>
      Object.keys(cleaned(params, { rules: parameterRules(vendor, profile) }).kept);
    expect(keptBy("ga4", "strict")).toEqual(["engagement_time_msec"]);
    expect(keptBy("ga4", "balanced")).toEqual(["engagement_time_msec", "promotion_name"]);
    expect(keptBy("metrika", "strict")).toEqual([]);
    expect(keptBy("constructor", "strict")).toEqual(["engagement_time_msec"]);
  });

  it("drops every name that no table has, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString", "Value")),
        fc.constantFrom("ga4", "metrika", "matomo", "webhook"),
        fc.constantFrom("strict", "balanced"),
        (name, vendor, profile) => {
          fc.pre(!/^[a-z_]+$/.test(name) || name === "__proto__");
          expect(parameterRules(vendor, profile)(name)).toBe("drop");
        },
      ),
    );
  });

  it("keeps on masked pages nothing that could say what is masked", () => {
    const { kept, dropped } = cleaned(
      { content_group: "Eczema", item_category: "Skin", currency: "RUB", value: 2, outbound: true },
      { masked: true },
    );
    expect(dropped).toEqual(["masked", "masked"]);
    expect(kept).toEqual({ currency: "RUB", value: 2, outbound: true });
    expect(cleaned({ currency: "Eczema" }, { masked: true })).toEqual({
      kept: {},
      dropped: ["masked"],
    });
  });

  it.each([
    [1234.5678, 1234.57],
    [0.1 + 0.2, 0.3],
    [-5, -5],
    [79165550142, undefined],
    [3405803853, undefined],
    [1e300, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])("number %d → %s", (given, expected) => {
    expect(cleaned({ value: given }).kept["value"]).toBe(expected);
  });

  it("keeps ordinary values as they were given", () => {
    const ordinary = {
      content_group: "Статьи, весна-2024",
      content_type: "10-20-30",
      currency: "RUB",
      item_brand: "AT&T",
      item_category: "Размеры 38, 40, 42, 44",
      item_list_name: "spring-2024",
      level: "№ 12",
      method: "look-at-this.html",
      payment_type: "credit_card",
      shipping_tier: "1–3 дня, до 12.05.2024",
      discount: 0.15,
      index: 3,
      price: 1_234_567.89,
      video_percent: 75,
    };
    expect(cleaned(ordinary)).toEqual({ kept: ordinary, dropped: [] });
  });

  it("keeps no planted identity in disguise", () => {
    const disguise = fc.constantFrom(...Object.values(disguises));
    fc.assert(
      fc.property(
        fc.constantFrom("method", "level", "item_category"),
        fc.constantFrom(...Object.values(identities), ...spellings),
        disguise,
        disguise,
        (name, identity, wrap, wrapAgain) => {
          const { kept } = cleaned({ [name]: wrapAgain(wrap(identity)) });
          expect(kept).toEqual({});
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps no planted identity under any name, and never more than the list", () => {
    const name = fc.oneof(fc.constantFrom("method", "level", "currency"), fc.string());
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(...Object.values(identities)),
        fc.string(),
        (key, identity, around) => {
          const { kept, dropped } = cleaned({ [key]: `${around} ${identity}` });
          expect([kept, dropped.length]).toEqual([{}, 1]);
        },
      ),
    );
  });
});

describe("cleanText", () => {
  it("is cut after it was searched", () => {
    const dropped: DropReason[] = [];
    const drop = (reason: DropReason) => void dropped.push(reason);
    expect(cleanText("a".repeat(10), 4, drop)).toBe("aaaa");
    expect(cleanText(`${"b ".repeat(60)}alice@example.com`, 100, drop)).toBeNull();
    expect(cleanText("  ", 100, drop)).toBeNull();
    expect(dropped).toEqual(["email", "form"]);
  });
});
