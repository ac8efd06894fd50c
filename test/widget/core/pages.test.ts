import { afterEach, expect, test } from "vitest";
import { maskedPath, pagePatternSource } from "../../../gateway/privacy/pages.ts";
import { openPages } from "../../../widget/core/pages.ts";
import { config } from "./tag-page.ts";

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
  expect(at("/contacts?utm_source=a", "https://search.test/?q=flu").disguise()).toEqual({});
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

test("a referrer is said without query, and one of our own as its page is", () => {
  expect(at("/").referrer()).toBe("");
  expect(at("/", "https://search.test/find?q=flu").referrer()).toBe("https://search.test/find");
  expect(at("/", "https://www.clinic.test/doctors/x?y").referrer()).toBe(
    "https://www.clinic.test/doctors/masked",
  );
});
