import { expect, test } from "vitest";
import { cookieJar, dataAddress, storage } from "../../gateway/console/stage/stand-ins.ts";

test("cookies are kept, replaced, and removed by a date that is past", () => {
  const page = Object.defineProperty({ cookie: "" }, "cookie", cookieJar());
  expect(page.cookie).toBe("");
  page.cookie = "a=1; path=/; SameSite=Lax";
  page.cookie = "b=x=y; expires=Fri, 01 Jan 2100 00:00:00 GMT";
  expect(page.cookie).toBe("a=1; b=x=y");
  page.cookie = "a=2";
  page.cookie = "b=; expires=Thu, 01 Jan 1970 00:00:00 GMT";
  expect(page.cookie).toBe("a=2");
});

test("storage holds text under any key, and lists nothing else", () => {
  const store: Storage = storage().value;
  expect(store.getItem("toString")).toBeNull();
  store.setItem("soglas.clinic.token", "1");
  store.setItem("__proto__", "2");
  expect(Object.keys(store)).toEqual(["soglas.clinic.token", "__proto__"]);
  expect(store.getItem("__proto__")).toBe("2");
  store.removeItem("soglas.clinic.token");
  expect(store.getItem("soglas.clinic.token")).toBeNull();
  expect(storage().value).not.toBe(store);
});

test("a script is an address of its own, whatever it holds", () => {
  const script = "'é #%?'\n//</script>";
  const [, text] = dataAddress(script).split(",", 2);
  expect(decodeURIComponent(text!)).toBe(script);
});
