import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { maskedPath, pagePatternSource } from "../../../../gateway/privacy/pages.ts";
import { cleanPage, pageRules } from "../../../../gateway/privacy/url.ts";
import { openPages } from "../../../../widget/core/rules/pages.ts";
import { config } from "../../config.ts";

const site = {
  ...config,
  exclude: pagePatternSource(["/diseases/**"]),
  mask: [[pagePatternSource(["/doctors/*"]), maskedPath("/doctors/*")]] as [string, string][],
};

/** Where the page is, and where its visitor came from. */
function at(path: string, referrer = ""): ReturnType<typeof openPages> {
  const { happyDOM } = window as unknown as { happyDOM: { setURL(url: string): void } };
  happyDOM.setURL(`https://www.clinic.test${path}`);
  Object.defineProperty(document, "referrer", { value: referrer, configurable: true });
  document.title = "Dr. Ivanova";
  return openPages(site);
}

afterEach(() => Reflect.deleteProperty(document, "referrer"));

test.each([
  ["/", "/"],
  ["/contacts", "/contacts"],
  ["/doctors", "/doctors"],
  ["/doctors/ivanova", "/doctors/masked"],
  ["/doctors/ivanova/", "/doctors/masked"],
  ["/diseases", ""],
  ["/diseases/flu/symptoms", ""],
  ["/diseases;v=1/hiv", ""],
  ["/diseases/hiv;jsessionid=1", ""],
  ["/x/..;/diseases/hiv", ""],
  ["/doctors;v=1/ivanova;a=b", "/doctors/masked"],
])("of %s is said %j", (path, shown) => {
  expect(at("/").shown(path)).toBe(shown);
});

test("an address is said without query and fragment, a masked one without title", () => {
  expect(at("/contacts?utm_source=a#b").current()).toEqual({
    url: "https://www.clinic.test/contacts",
    title: "Dr. Ivanova",
  });
  expect(at("/doctors/ivanova?a=b").current()).toEqual({
    url: "https://www.clinic.test/doctors/masked",
    title: "",
  });
});

test("a service is active on its pages, and on no excluded one", () => {
  const service = { ...config.services[2]!, pages: pagePatternSource(["/online/**"]) };
  expect(at("/online/booking").active(service)).toBe(true);
  expect(at("/contacts").active(service)).toBe(false);
  expect(at("/contacts").active(config.services[2]!)).toBe(true);
  expect(at("/diseases/flu").active(config.services[2]!)).toBe(false);
});

test("a vendor's tag reads an ordinary page for itself", () => {
  expect(at("/contacts?utm_source=a", "https://search.test/").disguise()).toEqual({});
  expect(at("/contacts", "https://www.clinic.test/price?a=b").disguise()).toEqual({});
});

test.each([
  ["/doctors/masked", "https://www.clinic.test/doctors/ivanova?x=1"],
  ["/", "https://www.clinic.test/diseases/flu"],
])("a vendor's tag is told %s where the visitor came from a page not told of", (told, referrer) => {
  expect(at("/contacts", referrer).disguise()).toEqual({
    referrer: `https://www.clinic.test${told}`,
  });
});

test.each(["/doctors/ivanova", "/diseases/flu", "/%64iseases/flu", "/price"])(
  "a vendor's tag is told the origin alone where the visitor came from %s of another origin",
  (path) => {
    expect(at("/contacts", `https://clinic.test${path}?x=1`).disguise()).toEqual({
      referrer: "https://clinic.test/",
    });
  },
);

test("a referrer is said without query: one of our own as its page is, another as its origin", () => {
  expect(at("/").referrer()).toBe("");
  expect(at("/", "https://search.test/find?q=flu").referrer()).toBe("https://search.test/");
  expect(at("/", "https://clinic.test/diseases/flu").referrer()).toBe("https://clinic.test/");
  expect(at("/", "android-app://com.search.box/a").referrer()).toBe(
    "android-app://com.search.box/",
  );
  expect(at("/", "https://www.clinic.test/doctors/x?y").referrer()).toBe(
    "https://www.clinic.test/doctors/masked",
  );
});

/** Patterns as a site may write them, and paths that are near them: hidden letters, broken escapes, slashes. */
const patterns = [
  "/",
  "/diseases/**",
  "/doctors/*",
  "/news-*",
  "/о-нас/**",
  "/a(b)/*/c",
  "/100%25",
];
const piece = fc.oneof(
  fc.constantFrom("diseases", "doctors", "news-1", "о-нас", "a(b)", "c", "100%25", "hiv", ""),
  fc.constantFrom(
    "%64iseases",
    "d%6Fctors",
    "%D0%BE-%d0%bd%d0%b0%d1%81",
    "%",
    "%E0%A4",
    "%2F",
    "%0A",
    "diseases;v=1",
    "doctors;",
    "..;a",
    "c;jsessionid=1",
  ),
  fc.string({ maxLength: 6 }).map(encodeURIComponent),
);
const anyPath = fc.array(piece, { maxLength: 5 }).map((pieces) => `/${pieces.join("/")}`);
const somePatterns = fc.subarray(patterns);

test("the page leaves out and masks exactly what the gateway does", () => {
  fc.assert(
    fc.property(somePatterns, somePatterns, anyPath, (exclude, mask, path) => {
      const pages = openPages({
        ...config,
        exclude: pagePatternSource(exclude),
        mask: mask.map((pattern) => [pagePatternSource([pattern]), maskedPath(pattern)]),
      });
      const url = new URL(`https://www.clinic.test${path}`);
      const page = cleanPage(url.href, pageRules([url.origin], { exclude, mask }));
      if (page.kind === "foreign") throw new Error("an address of the site");
      const shown = page.kind === "excluded" ? "" : page.masked ? page.path : url.pathname;
      expect(pages.shown(url.pathname)).toBe(shown);
    }),
    { numRuns: 2000 },
  );
  expect(openPages(site).shown("/%64iseases/hiv")).toBe("");
  expect(openPages(site).shown("/%64iseases/%0Ahiv")).toBe("");
  expect(openPages(site).shown("/%64octors/ivanova")).toBe("/doctors/masked");
  expect(openPages(site).shown("/%64octors%E0/%zz/x")).toBe("/%64octors%E0/%zz/x");
});

test("an expression is compiled once, however often it is asked", () => {
  const pages = at("/contacts");
  const compiled = vi.fn();
  vi.stubGlobal(
    "RegExp",
    class extends RegExp {
      constructor(source: string) {
        super(source);
        compiled(source);
      }
    },
  );
  for (let turn = 0; turn < 3; turn += 1) pages.current();
  vi.unstubAllGlobals();
  expect(compiled.mock.calls.flat().toSorted()).toEqual(
    [site.exclude, ...site.mask.map(([source]) => source)].toSorted(),
  );
});
