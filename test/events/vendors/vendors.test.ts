/**
 * Whatever the door lets in, the vendors' documented limits hold; checked with the stand-ins' own
 * reading of the vendors' documents, not with ours.
 */
import { readdir } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectProblems, readCollect } from "../../../demo/stand-ins/metrika.ts";
import { ga4Problems, readGa4 } from "../../../demo/stand-ins/ga4.ts";
import { measurementProblems } from "../../../demo/stand-ins/ga4-measurement.ts";
import { matomoProblems } from "../../../demo/stand-ins/matomo.ts";
import { webhookSecret } from "../../../demo/stand-ins/stand-ins.ts";
import { webhookProblems } from "../../../demo/stand-ins/webhook.ts";
import { pageEvent } from "../../../gateway/contract/events.ts";
import type { Service } from "../../../gateway/contract/site.ts";
import { deidentify } from "../../../gateway/events/intake/deidentify.ts";
import { verdictOf, type RenderContext, type SendOutcome } from "../../../gateway/events/vendor.ts";
import {
  allowedAddresses,
  destinationOf,
  vendorEndpoints,
  vendors,
} from "../../../gateway/events/vendors.ts";
import { parameterRules } from "../../../gateway/privacy/parameter-rules.ts";
import { cleanPage, pageRules } from "../../../gateway/privacy/url.ts";
import { origin, siteConfig } from "../installation.ts";

const rules = pageRules([origin], { exclude: [], mask: [] });
const endpoints = vendorEndpoints.parse({
  ga4: { secrets: { "G-TEST0001": "secret-of-the-stream" } },
  matomo: {
    instances: {
      own: { url: "https://matomo.test/matomo.php", token: "0123456789abcdef0123456789abcdef" },
      hosted: { url: "https://hosted.test/matomo.php" },
    },
  },
  webhook: { receivers: { warehouse: { url: "https://hook.test/in", secret: webhookSecret } } },
});
const { services } = siteConfig().site;
const at = Date.UTC(2026, 2, 14, 10);

const serviceOf = (vendor: string, settings: Service["settings"]): Service => ({
  ...siteConfig().site.services[0]!,
  vendor,
  settings,
});
const matomoService = (instance: string) => serviceOf("matomo", { instance, siteId: 3 });
const webhookService = serviceOf("webhook", { receiver: "warehouse" });

const context: RenderContext = {
  key: "key-of-the-event",
  site: "clinic",
  service: "service",
  sentAt: at,
  occurredAt: at,
  visitor: 77,
  since: Date.UTC(2026, 2, 14) / 1000,
  session: Date.UTC(2026, 2, 14) / 1000,
  consent: { ads: false, analytics: true, adUserData: false, adPersonalization: false },
  random: () => 0.25,
};

function destination(id: string) {
  return destinationOf(
    services.find((service) => service.id === id)!,
    endpoints,
  )!;
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
          { profile: "balanced", rules: parameterRules("ga4", "balanced") },
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
        const { url, body } = destination("ga4-clean").render(event, context)!;
        const [hit] = readGa4(new URL(url).searchParams, body);
        expect(ga4Problems(hit!)).toEqual([]);
        expect(url.length).toBeLessThan(8192);
      }),
    );
  });

  it("sends money as GA4 expects it", () => {
    const [event] = fc.sample(events, 1);
    const params = { value: 1500.5, currency: "RUB", engagement_time_msec: 1200, outbound: true };
    const { url } = destination("ga4-clean").render({ ...event!, params }, context)!;
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

describe("GA4, of a large order", () => {
  it("gets a short address and the rest in the body, no more parameters than it takes", () => {
    const [event] = fc.sample(events, 1);
    const named = (name: string, of: number) => ({ item_name: name, item_id: `${of}`, price: of });
    const items = Array.from({ length: 50 }, (_, at) => named("Консультация ".repeat(7), at));
    const params = Object.fromEntries(
      Array.from({ length: 25 }, (_, at) => [`parameter_${at}`, "длинное значение"]),
    );
    const { url, body } = destination("ga4-clean").render(
      { ...event!, name: "purchase", params, items, transaction: "t-1", region: "RU-MOW" },
      context,
    )!;
    expect(url.length).toBeLessThan(8192);
    const hits = readGa4(new URL(url).searchParams, body);
    expect(hits).toHaveLength(1);
    expect(ga4Problems(hits[0]!)).toEqual([]);
    expect(hits[0]).toMatchObject({
      en: "purchase",
      pr50: expect.stringContaining("Консультация"),
      "ep.transaction_id": "t-1",
      "ep.region": "RU-MOW",
      "ep.parameter_0": "длинное значение",
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
        )!;
        const hit = readCollect(new URL(request.url).searchParams, request.body);
        expect(collectProblems(hit, at)).toEqual([]);
      }),
    );
  });
});

describe("Matomo", () => {
  it("gets actions that it would take, with and without a token", () => {
    fc.assert(
      fc.property(
        events,
        fc.boolean(),
        fc.constantFrom("own", "hosted"),
        (event, view, instance) => {
          const matomo = destinationOf(matomoService(instance), endpoints)!;
          const request = matomo.render({ ...event, ...(view && { name: "page_view" }) }, context)!;
          const action = Object.fromEntries(new URLSearchParams(request.body));
          expect(matomoProblems(action, at)).toEqual([]);
          expect("country" in action).toBe(instance === "own");
        },
      ),
    );
  });
});

describe("a webhook", () => {
  const hook = () => destinationOf(webhookService, endpoints)!;

  it("gets events whose signature it can check, and nothing else passes for one", () => {
    fc.assert(
      fc.property(events, (event) => {
        const { headers, body } = hook().render(event, context)!;
        expect(webhookProblems(headers, body, webhookSecret, at)).toEqual([]);
        expect(webhookProblems(headers, `${body} `, webhookSecret, at)).not.toEqual([]);
        const otherId = { ...headers, "webhook-id": "other" };
        expect(webhookProblems(otherId, body, webhookSecret, at)).not.toEqual([]);
        expect(webhookProblems(headers, body, webhookSecret, at + 600_000)).not.toEqual([]);
      }),
    );
  });

  it("gets the neutral event, and a pseudonym in place of a subject", () => {
    const [event] = fc.sample(events, 1);
    const { v: _, ...data } = event!;
    expect(JSON.parse(hook().render(event!, context)!.body)).toEqual({
      type: "event",
      timestamp: "2026-03-14T10:00:00.000Z",
      data: {
        site: "clinic",
        service: "service",
        visitor: `${context.since}.77`,
        ...JSON.parse(JSON.stringify(data)),
      },
    });
  });
});

describe("what the owner's backend sends", () => {
  const server = () => ({ ...fc.sample(events, 1)[0]!, source: "server" as const });

  it("goes to GA4's Measurement Protocol, within its limits", () => {
    fc.assert(
      fc.property(events, (event) => {
        let request;
        try {
          request = destination("ga4-clean").render({ ...event, source: "server" }, context)!;
        } catch {
          // A name that Google keeps for itself becomes a dead letter.
          return;
        }
        const url = new URL(request.url);
        expect(url.pathname).toBe("/mp/collect");
        expect(measurementProblems(url.searchParams, request.body, at)).toEqual([]);
        expect(JSON.parse(request.body).client_id).toBe(`77.${context.since}`);
      }),
    );
  });

  it.each(["ad_clicked", "app_update_offered", "errors"])("also as %s", (name) => {
    const { url, body } = destination("ga4-clean").render({ ...server(), name }, context)!;
    expect(measurementProblems(new URL(url).searchParams, body, at)).toEqual([]);
  });

  it.each([
    "session_start",
    "firebase_x",
    "first_visit",
    "app_upgrade",
    "app_install",
    "ad_impression",
    "dynamic_link_app_open",
  ])("never as %s", (name) => {
    expect(() => destination("ga4-clean").render({ ...server(), name }, context)).toThrow(
      RangeError,
    );
  });

  it("says what the visitor granted, an unknown word being a denial", () => {
    const consent = { ...context.consent, adUserData: true, adPersonalization: null };
    const { body } = destination("ga4-clean").render(server(), { ...context, consent })!;
    expect(JSON.parse(body).consent).toEqual({
      ad_user_data: "GRANTED",
      ad_personalization: "DENIED",
    });
  });

  it("needs a secret that stands in no site file", () => {
    const without = destinationOf(services[0]!, vendorEndpoints.parse({}))!;
    expect(without.render(server(), context)).toBeNull();
  });
});

describe("a purchase", () => {
  const items = [{ item_id: "A~1", item_name: "Lamp", price: 12.5, quantity: 2 }];
  const purchase = () => ({
    ...fc.sample(events, 1)[0]!,
    name: "purchase",
    params: { value: 25, currency: "EUR" },
    items,
    transaction: "t-1",
  });
  const sent = (service: Service, event = purchase()) => {
    const { url, body } = destinationOf(service, endpoints)!.render(event, context)!;
    return {
      ...Object.fromEntries(new URL(url).searchParams),
      ...Object.fromEntries(new URLSearchParams(body)),
    };
  };

  it("reaches GA4 as its tag writes it", () => {
    expect(sent(services[0]!)).toMatchObject({
      pr1: "idA 1~nmLamp~pr12.5~qt2",
      "ep.transaction_id": "t-1",
      "epn.value": "25",
      cu: "EUR",
    });
  });

  it("reaches Metrika with all it requires", () => {
    const hit = sent(services[1]!);
    expect(hit).toMatchObject({
      pa: "purchase",
      ti: "t-1",
      tr: "25",
      tcc: "",
      pr1nm: "Lamp",
      pr1qt: "2",
    });
    expect(collectProblems(hit, at)).toEqual([]);
  });

  it("is a plain goal for Metrika when the order has no number", () => {
    const { transaction: _, ...event } = purchase();
    const hit = sent(services[1]!, event as ReturnType<typeof purchase>);
    expect(hit).not.toHaveProperty("pa");
    expect(collectProblems(hit, at)).toEqual([]);
  });

  it("reaches Matomo as an order", () => {
    const action = sent(matomoService("own"));
    expect(action).toMatchObject({
      idgoal: "0",
      ec_id: "t-1",
      revenue: "25",
      ec_items: JSON.stringify([["A~1", "Lamp", "", 12.5, 2]]),
    });
    expect(matomoProblems(action, at)).toEqual([]);
  });
});

describe("the vendors", () => {
  it("are the files of one folder", async () => {
    const files = await readdir(new URL("../../../gateway/events/vendors", import.meta.url));
    const names = files.filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));
    expect(vendors.map(({ id }) => id)).toEqual(names.toSorted());
  });

  it("are reached at addresses of the installation only", () => {
    expect(allowedAddresses(endpoints)).toEqual([
      "https://region1.google-analytics.com/g/collect",
      "https://region1.google-analytics.com/mp/collect",
      "https://matomo.test/matomo.php",
      "https://hosted.test/matomo.php",
      "https://mc.yandex.ru/collect",
      "https://hook.test/in",
    ]);
  });

  it.each([
    [{ unknown: {} }],
    [{ ga4: { colect: "https://x.test/" } }],
    [{ webhook: { receivers: { a: { url: "https://x.test/", secret: "short" } } } }],
    [{ matomo: { instances: { a: { url: "ftp://x.test/" } } } }],
  ])("refuse settings that are not theirs: %j", (given) => {
    expect(vendorEndpoints.safeParse(given).success).toBe(false);
  });

  it("lead nowhere for a service whose settings, or whose receiver, nobody knows", () => {
    expect(destinationOf({ ...webhookService, vendor: "nobody" }, endpoints)).toBeNull();
    expect(destinationOf({ ...webhookService, settings: { receiver: 5 } }, endpoints)).toBeNull();
    const elsewhere = { ...webhookService, settings: { receiver: "elsewhere" } };
    const [event] = fc.sample(events, 1);
    expect(destinationOf(elsewhere, endpoints)!.render(event!, context)).toBeNull();
  });
});

describe("what an attempt means", () => {
  const answered = (status: number): SendOutcome => ({
    kind: "answered",
    status,
    retryAfter: 5000,
  });
  const again = { kind: "retry", retryAfter: 5000 };
  const dead = (reason: string) => ({ kind: "dead", reason });
  const policies = {
    ga4: destination("ga4-clean").policy,
    metrika: destination("metrika-clean").policy,
    matomo: destinationOf(matomoService("own"), endpoints)!.policy,
    webhook: destinationOf(webhookService, endpoints)!.policy,
  };
  it.each([
    ["ga4", answered(204), { kind: "delivered" }],
    ["ga4", answered(503), dead("failed_at_vendor")],
    ["ga4", answered(429), dead("failed_at_vendor")],
    ["ga4", answered(403), dead("refused_by_vendor")],
    ["ga4", answered(302), dead("refused_by_vendor")],
    ["ga4", { kind: "unsent" }, { kind: "retry", retryAfter: null }],
    ["ga4", { kind: "unknown" }, dead("unknown_outcome")],
    ["metrika", answered(200), { kind: "delivered" }],
    ["metrika", answered(503), again],
    ["metrika", answered(429), again],
    ["metrika", answered(400), dead("refused_by_vendor")],
    ["metrika", { kind: "unsent" }, { kind: "retry", retryAfter: null }],
    ["metrika", { kind: "unknown" }, dead("unknown_outcome")],
    ["matomo", answered(204), { kind: "delivered" }],
    ["matomo", answered(503), again],
    ["matomo", answered(500), dead("failed_at_vendor")],
    ["matomo", { kind: "unknown" }, dead("unknown_outcome")],
    ["webhook", answered(200), { kind: "delivered" }],
    ["webhook", answered(500), again],
    ["webhook", answered(408), again],
    ["webhook", answered(410), dead("refused_by_vendor")],
    ["webhook", { kind: "unknown" }, { kind: "retry", retryAfter: null }],
  ] as const)("%s %o → %o", (id, outcome, verdict) => {
    expect(verdictOf(outcome, policies[id])).toEqual(verdict);
  });
});
