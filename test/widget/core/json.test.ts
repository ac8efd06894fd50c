import { afterEach, expect, test } from "vitest";
import { toJson } from "../../../widget/core/json.ts";

const arrays = Array.prototype as { toJSON?: unknown };
afterEach(() => {
  delete arrays.toJSON;
});

test("arrays are arrays, whatever a page has given them, and the page keeps what it gave", () => {
  const theirs = () => "[theirs]";
  arrays.toJSON = theirs;
  expect(toJson({ a: [1, ["b"]] })).toBe('{"a":[1,["b"]]}');
  expect(arrays.toJSON).toBe(theirs);
});

test("the page keeps it also when a value cannot be written", () => {
  const theirs = () => "[theirs]";
  arrays.toJSON = theirs;
  expect(() => toJson(1n)).toThrow(TypeError);
  expect(arrays.toJSON).toBe(theirs);
});

test("where there is none, none is left", () => {
  expect(toJson([null, "x"])).toBe('[null,"x"]');
  expect("toJSON" in arrays).toBe(false);
});
