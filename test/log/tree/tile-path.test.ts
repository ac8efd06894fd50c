import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTilePath } from "../../../gateway/log/tree/tile-path.ts";
import { tileName } from "../../verify/reference/tiles.ts";

const behindTile = (name: string) => name.slice("tile/".length);

describe("the address of a tile", () => {
  it("is read as it is written", () => {
    expect(parseTilePath("0/x001/x234/067")).toEqual({ level: 0, index: 1_234_067, width: 256 });
    expect(parseTilePath("entries/000.p/112")).toEqual({ level: "entries", index: 0, width: 112 });
    const addresses = fc.record({
      level: fc.oneof(fc.constant("entries" as const), fc.integer({ min: 0, max: 63 })),
      index: fc.oneof(fc.nat(2000), fc.integer({ min: 0, max: 2 ** 48 })),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(addresses, (address) => {
        const { level, index, width } = address;
        expect(parseTilePath(behindTile(tileName(level, index, width)))).toEqual(address);
      }),
    );
  });

  it.each([
    "",
    "0",
    "0/",
    "0/0",
    "0/00",
    "0/0000",
    "00/000",
    "01/000",
    "64/000",
    "100/000",
    "-1/000",
    "0/x000/067",
    "0/x000/x001/067",
    "0/x001",
    "0/001/067",
    "0/x001/x067",
    "0/x1/067",
    "0/x0001/067",
    "0/000/",
    "0/000.p",
    "0/000.p/",
    "0/000.p/0",
    "0/000.p/256",
    "0/000.p/007",
    "0/000.p/1000",
    "0/000.p/-1",
    "0/000.p/1e1",
    "0/000.p/1/",
    "/0/000",
    "0//000",
    " 0/000",
    "0/000 ",
    "0/000\n",
    "data/000",
    "Entries/000",
    "entries",
    "0/٠٠٠",
    "0/x999/x999/x999/x999/x999/999",
  ])("is refused when it is %j", (path) => {
    expect(parseTilePath(path)).toBeNull();
  });

  it("has one spelling only", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(entries|[0-9]{1,2})\/(x?[0-9]{1,4}\/?){1,3}(\.p\/[0-9]{1,3})?$/),
        (path) => {
          const address = parseTilePath(path);
          if (address === null) return;
          expect(behindTile(tileName(address.level, address.index, address.width))).toBe(path);
        },
      ),
      { numRuns: 500 },
    );
  });
});
