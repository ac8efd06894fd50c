import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatAddress,
  parseAddress,
  sitePages,
  type Address,
} from "../../gateway/console/address.ts";
import { slug } from "../../gateway/contract/ids.ts";

const site = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/);
const record = fc.stringMatching(/^[A-Za-z0-9_-]{21}[AQgw]$/);
const query = fc.dictionary(
  fc.stringMatching(/^[A-Za-z]{1,20}$/),
  fc
    .string({ minLength: 1, maxLength: 200, unit: "grapheme" })
    .filter((text) => text.length <= 200),
);
const address: fc.Arbitrary<Address> = fc.oneof(
  fc.constant({ page: "sites" as const }),
  fc.record({ page: fc.constant("records" as const), site, record: fc.option(record), query }),
  fc.record({ page: fc.constantFrom(...sitePages), site, query }),
  fc.record({ page: fc.constantFrom("audit" as const, "keys" as const, "access" as const), query }),
);

test("every address comes back from its fragment", () => {
  fc.assert(
    fc.property(address, (address) => {
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
  );
});

test("any other fragment shows the sites, and nothing but an id is taken from it", () => {
  for (const fragment of ["", "#", "#/", "#main", "#/UPPER", "#/a/b", "#/../v1", "#/?b=c"])
    expect(parseAddress(fragment)).toEqual({ page: "sites" });
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseAddress(`#/${text}`);
      if ("site" in parsed) expect(slug.safeParse(parsed.site).success).toBe(true);
    }),
  );
});
