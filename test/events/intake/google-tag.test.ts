/** Hits of Google's own tag, well formed and hostile. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageEvent } from "../../../gateway/contract/events.ts";
import { readHits } from "../../../gateway/events/intake/google-tag.ts";

const one = (query: string, body = "") => {
  const hits = readHits(query, body);
  expect(hits).toHaveLength(1);
  return hits[0]!;
};

/** A hit as browsers send it, with identities in every place the format has for them. */
const shared = new URLSearchParams({
  v: "2",
  tid: "G-RODNIK01",
  gtm: "45je5",
  _p: "1482535147",
  cid: "1482535147.1490885188",
  uid: "maria",
  _fid: "fid-1482535147",
  sid: "1490885188",
  ecid: "222",
  _uip: "203.0.113.77",
  gcs: "G111",
  "up.plan": "gold-user",
  ul: "ru-ru",
  sr: "1920x1080",
  uafvl: "Chrome;126.0.6478.127",
  dl: "https://www.clinic.test/online/new?gclid=Cj0K",
  dr: "https://www.clinic.test/",
  dt: "Booking",
  "sst.uc": "RU",
}).toString();

describe("a hit", () => {
  it("becomes an event of what is known and nothing else", () => {
    const hit = one(
      `${shared}&en=purchase&_et=1250&cu=RUB&epn.value=4200.5&ep.method=card&ep.transaction_id=A-1&pr1=idcheck-up~nmCheck%20up~pr2100~qt2~k0note~v0maria&pr2=idmri~nmA~~B`,
    );
    expect(hit).toEqual({
      token: "",
      tid: "G-RODNIK01",
      language: "ru-ru",
      width: 1920,
      event: {
        name: "purchase",
        age: 0,
        url: "https://www.clinic.test/online/new?gclid=Cj0K",
        referrer: "https://www.clinic.test/",
        title: "Booking",
        params: {
          engagement_time_msec: 1250,
          currency: "RUB",
          value: 4200.5,
          method: "card",
          transaction_id: "A-1",
        },
        items: [
          { item_id: "check-up", item_name: "Check up", price: "2100", quantity: "2" },
          { item_id: "mri", item_name: "A~B" },
        ],
      },
    });
    expect(pageEvent.safeParse(hit.event).success).toBe(true);
    const kept = JSON.stringify(hit);
    for (const identity of ["1482535147", "1490885188", "maria", "203.0.113.77", "6478", "gold"])
      expect(kept).not.toContain(identity);
  });

  it("of a batch is the query overlaid by its line", () => {
    const hits = readHits(
      `${shared}&ep.method=query`,
      "en=page_view\r\nen=lead&ep.method=line&dt=Other\n\n",
    );
    expect(hits.map(({ event }) => [event["name"], event["title"], event["params"]])).toEqual([
      ["page_view", "Booking", { method: "query" }],
      ["lead", "Other", { method: "line" }],
    ]);
  });

  it("of another version of the protocol is for nobody", () => {
    expect(one("v=1&tid=G-RODNIK01&en=x").tid).toBe("");
  });
});

describe("the token", () => {
  it("is cut out before anything is read, the line's before the query's", () => {
    const [first, second] = readHits(
      `${shared}&ep.soglas_token=of-query&_s=1`,
      "en=a&ep.soglas_token=of-line\nen=b",
    );
    expect([first!.token, second!.token]).toEqual(["of-line", "of-query"]);
    expect(JSON.stringify([first!.event, second!.event])).not.toContain("of-");
  });

  it("is taken under its one spelling, and under no other becomes a parameter", () => {
    for (const name of ["ep.soglas_token", "ep%2Esoglas_token", "ep.soglas%5Ftoken"]) {
      const hit = one(`v=2&tid=G-A&en=x&${name}=secret`);
      expect(hit.token).toBe(name === "ep.soglas_token" ? "secret" : "");
      expect(JSON.stringify(hit.event)).not.toContain("secret");
    }
  });
});

describe("whatever arrives", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "constructor", "%", "%00", "%ff%fe", "\u2028", "~", "~~", "=&=&"),
  );
  const name = fc.oneof(
    text,
    fc.constantFrom(..."v tid en dl dr dt ul sr cu _et pr1 pr200 pr201 pr0 cid uid".split(" ")),
    text.map((rest) => `ep.${rest}`),
    text.map((rest) => `epn.${rest}`),
  );
  const pair = fc
    .tuple(name, text, fc.boolean())
    .map(([key, value, encoded]) =>
      encoded
        ? `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`
        : `${key}=${value}`,
    );
  const line = fc.array(pair, { maxLength: 40 }).map((pairs) => pairs.join("&"));

  it("is read without a fault into hits of this form, at most 25", () => {
    fc.assert(
      fc.property(line, fc.array(line, { maxLength: 30 }), (query, lines) => {
        const hits = readHits(query, lines.join("\n"));
        expect(hits.length).toBeGreaterThanOrEqual(1);
        expect(hits.length).toBeLessThanOrEqual(25);
        for (const { token, width, event } of hits) {
          expect(token.length).toBeLessThanOrEqual(1024);
          expect(Number.isSafeInteger(width)).toBe(true);
          expect(Object.keys(event).toSorted()).toEqual([
            "age",
            "items",
            "name",
            "params",
            "referrer",
            "title",
            "url",
          ]);
          // Only name and address may cost an event; everything else was made to fit.
          const fits = pageEvent.safeParse({ ...event, name: "x", url: "https://a.test/" });
          expect(fits.success).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("of identities under unknown names is nowhere in what was read", () => {
    const unknown = fc
      .stringMatching(/^[a-z_.]{1,12}$/)
      .filter((key) => !/^(v|tid|en|dl|dr|dt|ul|sr|cu|_et|epn?\..*|pr\d+)$/.test(key));
    fc.assert(
      fc.property(fc.array(unknown), (keys) => {
        const query = keys.map((key) => `${key}=planted-7351`).join("&");
        expect(JSON.stringify(readHits(`v=2&${query}`, query))).not.toContain("planted-7351");
      }),
      { numRuns: 100 },
    );
  });
});
