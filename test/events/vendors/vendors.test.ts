/**
 * Whatever the door lets in, the vendors' documented limits hold; checked with the stand-ins' own
 * reading of the vendors' documents, not with ours.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectProblems, readCollect } from "../../../demo/stand-ins/metrika.ts";
import { ga4Problems, readGa4 } from "../../../demo/stand-ins/ga4.ts";
import { pageEvent } from "../../../gateway/contract/events.ts";
import { vendorEndpoints } from "../../../gateway/contract/vendors.ts";
import { deidentify } from "../../../gateway/events/deidentify.ts";
import type { RenderContext, SendOutcome } from "../../../gateway/events/vendors/vendor.ts";
import { destinationOf } from "../../../gateway/events/vendors/vendors.ts";
import { cleanPage, pageRules } from "../../../gateway/privacy/url.ts";
import { ga4Service, metrikaService, origin, siteConfig } from "../installation.ts";

const rules = pageRules([origin], { exclude: [], mask: [] });
const endpoints = vendorEndpoints.parse({});
const { services } = siteConfig().site;
const at = Date.UTC(2026, 2, 14, 10);

const context: RenderContext = {
  occurredAt: at,
  visitor: 77,
  since: Date.UTC(2026, 2, 14) / 1000,
  consent: { ads: false, analytics: true },
  random: () => 0.25,
};

function destination(id: string) {
  return destinationOf(
    services.find((service) => service.id === id)!,
    endpoints,
  )!.destination;
}

const words = fc.string({ unit: fc.constantFrom(..."аябю xyz&=+%\n\"'<é漢"), maxLength: 300 });
const names = fc.constantFrom("value", "currency", "method", "content_group", "level", "outbound");
const events = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,39}$/),
    age: fc.constant(0),
    url: words.map((path) => `${origin}/${path}`),
    referrer: words.map((path) => `${origin}/${path}`),
    title: words,
    items: fc.constant([]),
    params: fc.dictionary(names, fc.oneof(words, fc.double(), fc.boolean())),
  })
  .map((given) => {
    const parsed = pageEvent.safeParse(given);
    const page = cleanPage(given.url, rules);
    return parsed.success && page.kind === "page"
      ? deidentify(
          parsed.data,
          page,
          rules,
          { vendor: "ga4", profile: "balanced" },
          {
            source: "page",
            language: "ru",
            width: 1000,
            agent: { browser: "safari", major: 17, device: "mobile" },
            country: "RU",
            region: null,
          },
        ).event
      : null;
  })
  .filter((event) => event !== null);

describe("GA4", () => {
  it("gets hits that it would take whole", () => {
    fc.assert(
      fc.property(events, (event) => {
        const { url, body } = destination("ga4-clean").render(event, context);
        const [hit] = readGa4(new URL(url).searchParams, body);
        expect(ga4Problems(hit!)).toEqual([]);
        expect(url.length).toBeLessThan(8192);
      }),
    );
  });

  it("sends money as GA4 expects it", () => {
    const [event] = fc.sample(events, 1);
    const params = { value: 1500.5, currency: "RUB", engagement_time_msec: 1200, outbound: true };
    const { url } = destination("ga4-clean").render({ ...event!, params }, context);
    const hit = Object.fromEntries(new URL(url).searchParams);
    expect(hit).toMatchObject({
      "epn.value": "1500.5",
      cu: "RUB",
      _et: "1200",
      "ep.outbound": "true",
      "ep.country": "RU",
      gcs: "G101",
      cid: `77.${context.since}`,
    });
  });
});

describe("Metrika", () => {
  it("gets interactions that it would take", () => {
    fc.assert(
      fc.property(events, fc.boolean(), (event, view) => {
        const request = destination("metrika-clean").render(
          { ...event, ...(view && { name: "page_view" }) },
          context,
        );
        const hit = readCollect(new URL(request.url).searchParams, request.body);
        expect(collectProblems(hit, at)).toEqual([]);
      }),
    );
  });
});

it("gives an id to exactly one vendor", () => {
  expect(services.map((service) => destinationOf(service, endpoints)?.vendor)).toEqual([
    "ga4",
    "metrika",
  ]);
  expect([ga4Service.id, metrikaService.id]).toEqual(services.map(({ id }) => id));
});

describe("what an attempt means", () => {
  const answered = (status: number): SendOutcome => ({
    kind: "answered",
    status,
    retryAfter: 5000,
  });
  it.each([
    ["ga4-clean", answered(204), { kind: "delivered" }],
    ["ga4-clean", answered(503), { kind: "dead", reason: "failed_at_vendor" }],
    ["ga4-clean", answered(403), { kind: "dead", reason: "refused_by_vendor" }],
    ["ga4-clean", { kind: "unsent" } as const, { kind: "retry", retryAfter: null }],
    ["ga4-clean", { kind: "unknown" } as const, { kind: "dead", reason: "unknown_outcome" }],
    ["metrika-clean", answered(200), { kind: "delivered" }],
    ["metrika-clean", answered(503), { kind: "retry", retryAfter: 5000 }],
    ["metrika-clean", answered(400), { kind: "dead", reason: "refused_by_vendor" }],
    ["metrika-clean", { kind: "unsent" } as const, { kind: "retry", retryAfter: null }],
    ["metrika-clean", { kind: "unknown" } as const, { kind: "dead", reason: "unknown_outcome" }],
  ])("%s %o → %o", (id, outcome, verdict) => {
    expect(destination(id).classify(outcome)).toEqual(verdict);
  });
});
