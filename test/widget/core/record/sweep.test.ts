import { beforeEach, expect, test, vi } from "vitest";
import { removeCookie, writeCookie } from "../../../../widget/core/record/cookies.ts";
import { sweep } from "../../../../widget/core/record/sweep.ts";

const { happyDOM } = window as unknown as { happyDOM: { setURL(url: string): void } };

/** Everything written to document.cookie while a function runs. */
function written(run: () => void): string[] {
  const setter = vi.spyOn(document, "cookie", "set");
  run();
  const values = setter.mock.calls.map(([value]) => String(value));
  setter.mockRestore();
  return values;
}

beforeEach(() => {
  happyDOM.setURL("https://www.shop.clinic.test/a/b");
  document.cookie = "soglas=; max-age=0; path=/";
  localStorage.clear();
  sessionStorage.clear();
});

test("a cookie is removed on every domain and path it can have been set on", () => {
  const places = written(() => removeCookie("_ga")).map((text) => {
    const of = (name: string) => new RegExp(`; ${name}=([^;]+)`).exec(text)?.[1] ?? "host";
    expect(text).toMatch(/^_ga=; .*expires=/);
    return `${of("domain")} ${of("path")}`;
  });
  const domains = ["host", "www.shop.clinic.test", "shop.clinic.test", "clinic.test"];
  for (const domain of domains)
    for (const path of ["/", "/a", "/a/", "/a/b", "/a/b/"])
      expect(places).toContain(`${domain} ${path}`);
});

test("the consent cookie is shared, strict about where it goes, and falls back to this host", () => {
  const texts = written(() => writeCookie("soglas", "1.value", 180, "other.test"));
  const [pair, ...attributes] = texts[0]!.split("; ");
  expect(pair).toBe("soglas=1.value");
  expect(attributes.map((each) => each.replace(/^(expires)=.+/, "$1")).toSorted()).toEqual([
    "domain=other.test",
    "expires",
    "path=/",
    "sameSite=lax",
    "secure",
  ]);
  expect(texts[1]).not.toContain("domain");
  expect(document.cookie).toContain("soglas=1.value");
});

test("names match whole or by prefix, each in its own kind of store", () => {
  for (const name of ["_ga", "_ga_X1", "_gab", "_gat_UA1"]) document.cookie = `${name}=1; path=/`;
  for (const storage of [localStorage, sessionStorage]) storage.setItem("_ym_uid", "1");
  localStorage.setItem("_ga", "of somebody else");
  const left = sweep([
    ["cookie", "_ga"],
    ["cookie", "_ga_*"],
    ["cookie", "_gat*"],
    ["local", "_ym*"],
  ]);
  expect(left).toEqual([]);
  expect(document.cookie).toBe("_gab=1");
  expect(Object.keys(localStorage)).toEqual(["_ga"]);
  expect(Object.keys(sessionStorage)).toEqual(["_ym_uid"]);
});

test("what cannot be removed is named", () => {
  vi.spyOn(document, "cookie", "get").mockReturnValue("_ga=1; theirs=2");
  expect(sweep([["cookie", "_ga"]])).toEqual(["_ga"]);
  vi.restoreAllMocks();
});

test("storage that the browser blocks stops nothing", () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new DOMException("blocked", "SecurityError");
  });
  expect(sweep([["local", "_ym*"]])).toEqual([]);
  vi.restoreAllMocks();
});
