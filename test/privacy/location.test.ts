import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countryCode, locationsOf, nowhere } from "../../gateway/privacy/location.ts";
import { mmdb } from "./mmdb.ts";

const moscow = {
  city: { names: { en: "Moscow" } },
  country: { iso_code: "RU" },
  location: { postal: "101000" },
  subdivisions: [{ iso_code: "MOW" }, { iso_code: "X" }],
};

const file = mmdb({
  "203.0.113.0/25": moscow,
  "198.51.100.0/24": { country_code: "de" },
  "192.0.2.0/24": { country: "FR" },
  "192.0.3.0/24": { country: { iso_code: "T1" }, subdivisions: [] },
  "192.0.4.0/24": { country: { iso_code: "US" }, subdivisions: [{ iso_code: "california" }] },
  "2001:db8:85a3::/48": { country: { iso_code: "KZ" }, subdivisions: [{ iso_code: "ALA" }] },
});

describe("location of an address, from a file in MaxMind's format", () => {
  it.each([
    ["203.0.113.77", { country: "RU", region: "RU-MOW" }],
    ["::ffff:203.0.113.77", { country: "RU", region: "RU-MOW" }],
    ["203.0.113.200", nowhere],
    ["198.51.100.7", { country: "DE", region: null }],
    ["192.0.2.1", { country: "FR", region: null }],
    ["192.0.3.1", nowhere],
    ["192.0.4.1", { country: "US", region: null }],
    ["2001:db8:85a3::8a2e:370:7334", { country: "KZ", region: "KZ-ALA" }],
    ["2001:db8::1", nowhere],
    ["", nowhere],
    ["203.0.113.77, 10.0.0.1", nowhere],
  ])("%s is %o", (address, expected) => {
    // Proxies hand IPv4-mapped addresses on as IPv4; the tree knows no others.
    expect(locationsOf(file, "region")(address.replace("::ffff:", ""))).toEqual(expected);
  });

  it("leaves the region out where it is not asked for", () => {
    expect(locationsOf(file, "country")("203.0.113.77")).toEqual({ country: "RU", region: null });
  });

  it("answers any text, with a country or with none", () => {
    const locate = locationsOf(file, "region");
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
        const { country, region } = locate(address);
        expect(country ?? "RU").toMatch(/^[A-Z]{2}$/);
        expect(region ?? "RU-MOW").toMatch(/^[A-Z]{2}-[A-Z0-9]{1,3}$/);
      }),
    );
  });

  it.each([Buffer.alloc(0), Buffer.from("not a database"), file.subarray(0, file.length - 40)])(
    "throws for what is no such file (%#)",
    (bytes) => {
      expect(() => locationsOf(bytes, "country")).toThrow(Error);
    },
  );
});

describe("countryCode", () => {
  it.each([
    ["RU", "RU"],
    ["de", "DE"],
    ["XX", null],
    ["T1", null],
    ["Russia", null],
    ["203.0.113.77", null],
    ["", null],
    [undefined, null],
    [7, null],
  ])("%j → %j", (value, expected) => {
    expect(countryCode(value)).toBe(expected);
  });
});
