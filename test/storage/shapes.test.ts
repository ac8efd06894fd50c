import fc from "fast-check";
import { expect, it } from "vitest";
import { inList, inPieces } from "../../gateway/storage/shapes.ts";

const isPowerOfTwo = (length: number) => (length & (length - 1)) === 0;
const list = fc.array(fc.integer(), { minLength: 1, maxLength: 400 });

it("fills a list up with its last element, and changes nothing else", () => {
  fc.assert(
    fc.property(list, (values) => {
      const filled = inList(values);
      expect(isPowerOfTwo(filled.length)).toBe(true);
      expect(filled.length).toBeLessThan(2 * values.length);
      expect(filled.slice(0, values.length)).toEqual(values);
      expect(new Set(filled)).toEqual(new Set(values));
    }),
  );
});

it("cuts rows into pieces that make them up again, of at most seven lengths", () => {
  fc.assert(
    fc.property(list, (rows) => {
      const pieces = inPieces(rows);
      expect(pieces.flat()).toEqual(rows);
      for (const { length } of pieces) expect(isPowerOfTwo(length) && length <= 64).toBe(true);
    }),
  );
  expect(inPieces([])).toEqual([]);
});
