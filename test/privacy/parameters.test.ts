import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanParameters, cleanText } from "../../gateway/privacy/parameters.ts";
import { identities } from "./identities.ts";

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
