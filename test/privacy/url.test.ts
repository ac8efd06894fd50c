import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanPage, cleanReferrer, pageRules } from "../../gateway/privacy/url.ts";
import { identities } from "./identities.ts";

const origin = "https://www.clinic.test";
const rules = pageRules([origin, "http://localhost:8788"], {
  exclude: ["/account/**", "/diseases/hiv"],
  mask: ["/diseases/**", "/results/*"],
});
const pathOf = (address: string) => {
  const page = cleanPage(address, rules);
  return page.kind === "page" ? page.path : page.kind;
};

describe("cleanPage", () => {
  it.each([
    [`${origin}/services/skin`, "/services/skin"],
    [`${origin}`, "/"],
    ["http://localhost:8788/a?b=c", "/a"],
    [`${origin}/a?utm_source=x&email=alice@example.com#token=1`, "/a"],
    ["https://alice:secret@www.clinic.test/a", "/a"],
    [`${origin}/a;jsessionid=1F3/b`, "/a/b"],
    [`${origin}//a//b/`, "/a/b/"],
    [`${origin}/%D0%B2%D1%80%D0%B0%D1%87%D0%B8`, "/%D0%B2%D1%80%D0%B0%D1%87%D0%B8"],
    [`${origin}/u/alice@example.com/visits`, "/u/redacted/visits"],
    [`${origin}/u/alice%2540example.com`, "/u/redacted"],
    [`${origin}/u/YWxpY2UucGV0cm92YUBleGFtcGxlLmNvbQ`, "/u/redacted"],
    [`${origin}/call/+79165550142`, "/call/redacted"],
    [`${origin}/a%3Femail%3Dx`, "/redacted"],
    [`${origin}/a%2Fb`, "/redacted"],
    [`${origin}/%zz`, "/redacted"],
    [`${origin}/%25252525`, "/redacted"],
    [`${origin}/filter/name=alice`, "/filter/redacted"],
    [`${origin}/blog/2024/05/12/10-questions`, "/blog/2024/05/12/10-questions"],
    [`${origin}/diseases/eczema?x=1`, "/diseases/masked"],
    [`${origin}//diseases/eczema`, "/diseases/masked"],
    [`${origin}/%64iseases/eczema`, "/diseases/masked"],
    [`${origin}/results/7`, "/results/masked"],
    [`${origin}/diseases/hiv`, "excluded"],
    [`${origin}/account`, "excluded"],
    [`${origin}/x/../account/alice`, "excluded"],
    [`${origin}/account;v=1/alice`, "excluded"],
    [`${origin}/diseases;v=1/hiv`, "excluded"],
    [`${origin}/diseases/hiv;jsessionid=1`, "excluded"],
    [`${origin}/services/..;/diseases/hiv`, "excluded"],
    [`${origin}/results;a/7`, "/results/masked"],
    [`blob:${origin}/diseases/hiv`, "foreign"],
    ["https://clinic.test/a", "foreign"],
    ["https://www.clinic.test.evil.test/a", "foreign"],
    ["http://www.clinic.test/a", "foreign"],
    ["javascript:alert(1)", "foreign"],
    ["data:text/html,x", "foreign"],
    ["/relative", "foreign"],
    ["", "foreign"],
  ])("%s → %s", (address, expected) => {
    expect(pathOf(address)).toBe(expected);
  });

  it("keeps whole segments of a long path", () => {
    const path = pathOf(`${origin}/${"segment/".repeat(200)}`);
    expect(path.length).toBeLessThanOrEqual(700);
    expect(path).toMatch(/^(\/segment)+$/);
  });

  it("lets no planted identity through, at any place of an address", () => {
    const place = fc.constantFrom(
      (text: string) => `${origin}/a/${text}/b`,
      (text: string) => `${origin}/${text}`,
      (text: string) => `${origin}/a-${text}`,
      (text: string) => `${origin}/a?e=${text}`,
      (text: string) => `${origin}/a#${text}`,
      (text: string) => `${origin}/a;${text}/b`,
    );
    const form = fc.constantFrom(
      (text: string) => encodeURIComponent(text),
      (text: string) => encodeURIComponent(encodeURIComponent(text)),
      (text: string) => Buffer.from(text).toString("base64"),
      (text: string) => Buffer.from(text).toString("base64url"),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(identities)),
        form,
        place,
        (identity, wrap, put) => {
          const path = pathOf(put(wrap(identity)));
          expect(path).toMatch(/^\/(a|redacted|b|a-redacted|\/)*$/);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("never throws, and answers with addresses of the site only", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string({ unit: "binary" }).map((path) => `${origin}/${path}`),
    );
    fc.assert(
      fc.property(anything, (address) => {
        const page = cleanPage(address, rules);
        if (page.kind !== "page") return;
        const url = new URL(`${page.origin}${page.path}`);
        expect(rules.origins.has(url.origin)).toBe(true);
        expect([url.search, url.hash, url.username]).toEqual(["", "", ""]);
      }),
      { numRuns: 1000 },
    );
  });
});

it("says why a segment was replaced, and nothing of it", () => {
  const reasons: string[] = [];
  cleanPage(`${origin}/a/alice@example.com/4242424242424242/%25x/%ff/b`, rules, (reason) =>
    reasons.push(reason),
  );
  expect(reasons).toEqual(["email", "card", "form", "form"]);
});

describe("cleanReferrer", () => {
  it.each([
    ["https://search.test/?q=eczema", ""],
    ["https://clinic.test/", ""],
    ["", ""],
    [`${origin}/account/alice`, ""],
    [`${origin}/doctors?name=x`, `${origin}/doctors`],
    [`${origin}/diseases/eczema`, `${origin}/diseases/masked`],
  ])("%j → %j", (address, expected) => {
    expect(cleanReferrer(address, rules, () => undefined)).toBe(expected);
  });
});
