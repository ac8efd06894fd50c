import fc from "fast-check";
import { expect, test } from "vitest";
import { filtersOf, fromMomentField, toMomentField } from "../../gateway/console/filter.ts";
import { recordFilter } from "../../gateway/contract/staff/search.ts";

test("every filter of the search can stand in an address, and nothing else", () => {
  const names = Object.keys(recordFilter.shape);
  const query = Object.fromEntries(names.map((name) => [name, "1795441858"]));
  expect(Object.keys(filtersOf({ ...query, site: "other", limit: "9" })).toSorted()).toEqual(
    names.toSorted(),
  );
});

test("a moment that is none is left out, and a state without what it is the state of", () => {
  expect(filtersOf({ from: "yesterday", purposeState: "denied", service: "ga4" })).toEqual({
    service: "ga4",
  });
});

test("a moment comes back from its field", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_577_836_800, max: 4_102_444_800 }), (seconds) => {
      // An hour that the clocks go through twice comes back as the first of the two.
      const again = fromMomentField(toMomentField(String(seconds)));
      expect([0, 3600]).toContain(Math.abs(Number(again) - seconds));
    }),
  );
  expect(fromMomentField("")).toBeUndefined();
  expect(toMomentField("soon")).toBe("");
});
