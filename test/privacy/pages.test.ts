import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskedPath, pageMatcher, pagePatternSource } from "../../gateway/privacy/pages.ts";

describe("pagePatternSource", () => {
  it.each([
    ["/", "/", true],
    ["/", "/about", false],
    ["/about", "/about", true],
    ["/about", "/about/", true],
    ["/about", "//about", true],
    ["/about", "/about/us", false],
    ["/about", "/About", false],
    ["/doctors/*", "/doctors/ivanova", true],
    ["/doctors/*", "/doctors", false],
    ["/doctors/*", "/doctors/ivanova/reviews", false],
    ["/doctors/*/reviews", "/doctors/ivanova/reviews", true],
    ["/diseases/**", "/diseases", true],
    ["/diseases/**", "/diseases/skin/eczema", true],
    ["/diseases/**", "/diseasesandmore", false],
    ["/**", "/anything/at/all", true],
    ["/**/print", "/a/b/print", true],
    ["/**/print", "/print", true],
    ["/news-*", "/news-2024", true],
    ["/news-*", "/news-2024/1", false],
    ["/a.html", "/axhtml", false],
    ["/price(list)", "/price(list)", true],
    ["/болезни/**", "/%D0%B1%D0%BE%D0%BB%D0%B5%D0%B7%D0%BD%D0%B8/x", true],
    ["/болезни/**", "/%d0%b1%d0%be%d0%bb%d0%b5%d0%b7%d0%bd%d0%b8/x", true],
  ])("%s against %s: %s", (pattern, path, expected) => {
    expect(new RegExp(pagePatternSource([pattern])).test(path)).toBe(expected);
    expect(pageMatcher([pattern])(path)).toBe(expected);
  });

  it("matches nothing for an empty list, and any pattern of several", () => {
    expect(pageMatcher([])("/")).toBe(false);
    const matches = pageMatcher(["/a", "/b/**"]);
    expect([matches("/a"), matches("/b/c"), matches("/c")]).toEqual([true, true, false]);
  });

  it.each([
    "/%64iseases/eczema",
    "/%64iseases/%",
    "/%64iseases/%ff",
    "/d%69seases",
    "/%64iseases/%0Aflu",
  ])("is not evaded by percent-encoding a letter: %s", (path) => {
    expect(pageMatcher(["/diseases/**"])(path)).toBe(true);
  });

  it("compiles every pattern the contract allows, and each literal path matches itself", () => {
    const segment = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
      .map((text) => text.replace(/[/?#\s*.]/g, "x"));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const path = `/${segments.join("/")}`;
        expect(new RegExp(pagePatternSource([path])).test(path)).toBe(true);
        expect(
          pageMatcher([path])(new URL(path.replaceAll("\\", "%5C"), "https://a.test").pathname),
        ).toBe(true);
      }),
    );
  });
});

describe("maskedPath", () => {
  it.each([
    ["/diseases/**", "/diseases/masked"],
    ["/doctors/*/reviews", "/doctors/masked/reviews"],
    ["/diseases/eczema", "/diseases/masked"],
    ["/", "/masked"],
    ["/**", "/masked"],
  ])("%s is sent as %s", (pattern, expected) => {
    expect(maskedPath(pattern)).toBe(expected);
  });
});
