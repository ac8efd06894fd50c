import fc from "fast-check";
import { expect, test } from "vitest";
import { claimValues, entitlementOf, labelOf } from "../../../gateway/staff/openid/claims.ts";
import type { OpenIdSettings } from "../../../gateway/staff/openid/settings.ts";

const settings = (claim: string, ...values: string[]): OpenIdSettings => ({
  issuer: "https://id.example/",
  clientId: "soglas",
  secret: null,
  claim,
  scope: "openid",
  name: null,
  roles: values.map((value) => ({ value, role: "auditor" })),
});

test.each([
  ["groups", { groups: ["a", "b"] }, ["a", "b"]],
  ["groups", { groups: "a" }, ["a"]],
  ["groups", { groups: [1, null, { name: "a" }, "a"] }, ["a"]],
  ["realm_access.roles", { realm_access: { roles: ["a"] } }, ["a"]],
  ["https://clinic.example/roles", { "https://clinic.example/roles": ["a"] }, ["a"]],
  ["groups", {}, null],
  ["realm_access.roles", { realm_access: "roles" }, null],
  ["toString", {}, null],
  ["groups.length", { groups: { __proto__: { length: "a" } } }, null],
])("%s of %j", (path, claims, values) => {
  expect(claimValues(claims, path)).toEqual(values);
});

test("the first entry decides, whatever the order of the claim", () => {
  const given = settings("groups", "owners", "auditors");
  expect(entitlementOf({ groups: ["auditors", "owners"] }, given)).toBe("owners");
  expect(entitlementOf({ groups: ["Owners"] }, given)).toBeNull();
  expect(entitlementOf({}, given)).toBeNull();
});

test("a role comes from a value the settings name, and from nothing else", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (claims, path) => {
      const found = entitlementOf(claims, settings(path, "soglas-owners"));
      expect([null, "soglas-owners"]).toContain(found);
      if (found !== null) expect(claimValues(claims, path)).toContain(found);
    }),
  );
});

test.each([
  [{ email: "o@c.example", preferred_username: "olga" }, "o@c.example"],
  [{ email: "o@c.example", email_verified: false, preferred_username: "olga" }, "olga"],
  [{ email: "o@c.example", email_verified: false }, "7"],
  [{ email: " ", preferred_username: 5 }, "7"],
  [{ email: "o\u202e\n@c.example" }, "o@c.example"],
  [{ email: "o".repeat(500) }, "o".repeat(100)],
])("%j is called %s", (claims, label) => {
  expect(labelOf(claims, "7")).toBe(label);
});
