import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanParameters, cleanText } from "../../gateway/privacy/parameters.ts";
import { disguises, identities, spellings } from "./identities.ts";

describe("cleanParameters", () => {
  it("keeps listed names, drops every other one, and counts", () => {
    expect(
      cleanParameters(
        {
          value: 1,
          currency: "RUB",
          success: true,
          user_id: "7",
          transaction_id: "A1",
          search_term: "x",
        },
        false,
      ),
    ).toEqual({ kept: { value: 1, currency: "RUB", success: true }, dropped: 3 });
  });

  it("keeps on masked pages nothing that could say what is masked", () => {
    const { kept } = cleanParameters(
      { content_group: "Eczema", item_category: "Skin", currency: "RUB", value: 2, outbound: true },
      true,
    );
    expect(kept).toEqual({ currency: "RUB", value: 2, outbound: true });
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
    expect(cleanParameters({ value: given }, false).kept["value"]).toBe(expected);
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
    expect(cleanParameters(ordinary, false)).toEqual({ kept: ordinary, dropped: 0 });
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
          const { kept } = cleanParameters({ [name]: wrapAgain(wrap(identity)) }, false);
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
          const { kept, dropped } = cleanParameters({ [key]: `${around} ${identity}` }, false);
          expect([kept, dropped]).toEqual([{}, 1]);
        },
      ),
    );
  });
});

describe("cleanText", () => {
  it("is cut after it was searched", () => {
    expect(cleanText("a".repeat(10), 4)).toBe("aaaa");
    expect(cleanText(`${"b ".repeat(60)}alice@example.com`, 100)).toBeNull();
    expect(cleanText("  ", 100)).toBeNull();
  });
});
