import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { SiteInput } from "../../gateway/contract/site.ts";
import { vendors } from "../../gateway/events/vendors.ts";
import { validateSite } from "../../gateway/sites/directory/validate.ts";
import { profileIn, profilesOf } from "../../gateway/sites/profiles.ts";
import { revisionOf } from "../../gateway/sites/publishing/revision.ts";
import type { PublishError } from "../../gateway/sites/sites.ts";
import { shopWith } from "./installation.ts";

const profile = fc.constantFrom("eu", "ru", "us", "none");
const country = fc.constantFrom("US", "RU", "BY", "DE", "FR");
const site = fc.record({
  jurisdiction: profile,
  jurisdictions: fc.dictionary(profile, fc.uniqueArray(country)) as fc.Arbitrary<
    NonNullable<SiteInput["jurisdictions"]>
  >,
});
const strictest = ["ru", "eu", "us", "none"];

test("whoever is nowhere known gets the strictest profile that any country would", () => {
  fc.assert(
    fc.property(site, country, (profiles, somewhere) => {
      const unknown = profileIn(profiles, null);
      const known = profileIn(profiles, somewhere);
      expect(profilesOf(profiles)).toContain(known);
      expect(strictest.indexOf(unknown)).toBeLessThanOrEqual(strictest.indexOf(known));
    }),
  );
});

test("a country has the profile it is listed for, every other the site's own", () => {
  const profiles = { jurisdiction: "eu", jurisdictions: { us: ["US"], none: [] } } as const;
  const found = ["US", "DE", "RU", null].map((each) => profileIn(profiles as never, each));
  expect(found).toEqual(["us", "eu", "eu", "eu"]);
  // Without a country in any list nobody's country matters.
  expect(profileIn({ jurisdiction: "us", jurisdictions: { eu: [] } }, null)).toBe("us");
});

describe("publishing", () => {
  async function problems(change: (site: SiteInput) => void) {
    try {
      validateSite(await shopWith(change), vendors);
      return [];
    } catch (error) {
      return (error as PublishError).issues.map(({ path }) => path);
    }
  }

  it("wants an opt-out to hold for a year", async () => {
    expect(await problems((each) => (each.jurisdiction = "us"))).toEqual([
      "site.json: validity.refusalDays",
    ]);
    expect(
      await problems((each) => {
        each.jurisdictions = { none: [] };
        each.validity = { refusalDays: 365 };
      }),
    ).toEqual([]);
  });

  it("refuses one country twice, and the site's own profile among the others", async () => {
    const found = await problems((each) => {
      each.jurisdictions = { eu: [], us: ["US", "US"], none: ["US"] };
      each.validity = { refusalDays: 365 };
    });
    expect(found).toEqual([
      "site.json: jurisdictions.eu",
      "site.json: jurisdictions.us.1",
      "site.json: jurisdictions.none.0",
    ]);
  });

  it("holds a site to the rules of all its profiles", async () => {
    const found = await problems((each) => (each.jurisdictions = { ru: ["RU"] }));
    expect(found).toContain("site.json: services.0.mode");
  });
});

describe("the revision", () => {
  const revision = async (jurisdictions: SiteInput["jurisdictions"]) => {
    const files = await shopWith((each) => (each.validity = { refusalDays: 365 }));
    const { site } = validateSite(files, vendors);
    return revisionOf({ ...site, jurisdictions: jurisdictions as never }, "hash");
  };

  it("asks again when a profile that asks is added, never for one that does not, nor for countries", async () => {
    const before = await revision(undefined);
    expect(await revision({ us: ["US"], none: [] })).toBe(before);
    expect(await revision({ ru: ["RU"] })).not.toBe(before);
    expect(await revision({ ru: ["RU", "BY"] })).toBe(await revision({ ru: [] }));
  });
});
