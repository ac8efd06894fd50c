import { expect, test } from "vitest";
import { comeBack, leave, type Doorway } from "../../gateway/console/provider.ts";

/** A window whose address can be read, at a fragment. */
function windowAt(hash: string) {
  const stored = new Map<string, string>();
  const went: string[] = [];
  const location = { hash, assign: (url: string | URL) => void went.push(String(url)) };
  const doorway: Doorway = {
    location,
    history: {
      replaceState(_, __, url) {
        location.hash = String(url);
      },
    },
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
  };
  return { doorway, location, went };
}

test("the place is kept in the browser while the officer is away, and shown once", () => {
  const { doorway, location, went } = windowAt("#/clinic?consentId=9MMDBF83GPSDQJHG");
  leave("https://id.example/auth?state=1", doorway);
  expect(went).toEqual(["https://id.example/auth?state=1"]);
  location.hash = "";
  expect(comeBack(doorway)).toBeNull();
  expect(location.hash).toBe("#/clinic?consentId=9MMDBF83GPSDQJHG");
  location.hash = "";
  expect(comeBack(doorway)).toBeNull();
  expect(location.hash).toBe("");
});

test("what went wrong is taken out of the address; words that are not the gateway's say nothing", () => {
  for (const [said, problem] of [
    ["no-role", "no-role"],
    ["expired", "expired"],
    ["everything-is-lost", null],
  ] as const) {
    const { doorway, location } = windowAt(`#/-/sign-in?problem=${said}`);
    expect(comeBack(doorway)).toBe(problem);
    expect(location.hash).toBe("#/");
  }
});

test("an address that was opened is left as it is", () => {
  const { doorway, location } = windowAt("#/-/audit");
  doorway.sessionStorage.setItem("soglas-place", "#/clinic");
  expect(comeBack(doorway)).toBeNull();
  expect(location.hash).toBe("#/-/audit");
});
