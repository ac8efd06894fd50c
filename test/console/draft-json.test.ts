import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatObject,
  parseObject,
  valueAt,
  withValue,
  type Json,
  type Path,
} from "../../gateway/console/versions/edit/json.ts";
import { keep, readKept } from "../../gateway/console/versions/edit/kept.ts";
import { problemOf } from "../../gateway/console/versions/edit/problems.ts";

const json = fc
  .dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }))
  .map((value) => JSON.parse(JSON.stringify(value)) as { [key: string]: Json });
const path = fc.array(fc.oneof(fc.constantFrom("name", "purposes", "id"), fc.nat({ max: 2 })), {
  minLength: 1,
  maxLength: 4,
}) as fc.Arbitrary<Path>;

test("a value put in a place is found there, whatever stood on the way, and nothing else is touched", () => {
  fc.assert(
    fc.property(json, path, fc.string(), (value, path, wanted) => {
      const before = JSON.stringify(value);
      const after = withValue(value, ["site", ...path], wanted);
      expect(valueAt(after, ["site", ...path])).toBe(wanted);
      expect(JSON.stringify(value)).toBe(before);
      for (const key of Object.keys(value))
        if (key !== "site") expect(valueAt(after, [key])).toEqual(value[key]);
    }),
  );
});

test("a field taken away is not there, an entry taken out moves the others up", () => {
  const site: Json = { id: "shop", services: [{ id: "a" }, { id: "b" }], refusal: { id: true } };
  expect(withValue(site, ["refusal"], undefined)).toEqual({
    id: "shop",
    services: [{ id: "a" }, { id: "b" }],
  });
  expect(valueAt(withValue(site, ["services", 0], undefined), ["services"])).toEqual([{ id: "b" }]);
});

test("a changed field stays in its line", () => {
  const site = { id: "shop", jurisdiction: "eu", languages: ["en"] };
  expect(Object.keys(withValue(site, ["jurisdiction"], "ru") as object)).toEqual(Object.keys(site));
});

test("text that is no object has no form", () => {
  expect(parseObject("[1]")).toBeNull();
  expect(parseObject('{"a":')).toBeNull();
  expect(parseObject('\uFEFF{"a":1}')).toEqual({ a: 1 });
  fc.assert(
    fc.property(json, (value) => {
      expect(parseObject(formatObject(value))).toEqual(value);
    }),
  );
});

test("a draft is kept, read back, and let go; what is damaged is none", () => {
  const held = new Map<string, string>();
  const storage = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
  const draft = { base: "hash", files: { "policy/en.md": "# Policy", "texts/en.json": null } };
  expect(keep(storage, "shop", draft)).toBe(true);
  expect(readKept(storage, "shop")).toEqual(draft);
  expect(readKept(storage, "other")).toBeNull();
  keep(storage, "shop", null);
  expect(readKept(storage, "shop")).toBeNull();
  for (const damaged of ["{", "null", '{"base":1}', '{"base":"hash","files":null}']) {
    held.set("soglas-draft-shop", damaged);
    expect(readKept(storage, "shop")).toBeNull();
  }
  const full = {
    ...storage,
    setItem() {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(keep(full, "shop", draft)).toBe(false);
});

test("where a problem stands", () => {
  expect(problemOf({ path: "site.json: services.1.purpose", message: "m" })).toEqual({
    file: "site.json",
    field: "services.1.purpose",
    message: "m",
  });
  expect(problemOf({ path: "policy/en.md", message: "m" })).toMatchObject({ field: "" });
});
