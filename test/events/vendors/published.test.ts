/**
 * What vendors publish of their formats (published.json), against the stand-ins and against what we
 * send: neither may have been made after the other.
 */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { measurementProblems } from "../../../demo/stand-ins/ga4-measurement.ts";
import { matomoProblems } from "../../../demo/stand-ins/matomo.ts";
import { collectProblems } from "../../../demo/stand-ins/metrika.ts";
import { webhookProblems } from "../../../demo/stand-ins/webhook.ts";
import type { Service } from "../../../gateway/contract/site.ts";
import type { NeutralEvent } from "../../../gateway/events/intake/neutral.ts";
import type { RenderContext } from "../../../gateway/events/vendor.ts";
import { destinationOf, vendorEndpoints } from "../../../gateway/events/vendors.ts";
import { ga4Service, metrikaService, siteConfig } from "../installation.ts";

const published = JSON.parse(await readFile(new URL("./published.json", import.meta.url), "utf8"));
const at = Date.UTC(2026, 2, 14, 10);
const token = "0123456789abcdef0123456789abcdef";
const { metrika, ga4, matomo, webhook } = published;

const event: NeutralEvent = {
  v: 1,
  source: "page",
  name: "page_view",
  page: "https://www.clinic.test/services",
  referrer: "https://www.clinic.test/",
  title: "Services",
  params: { value: 25, currency: "EUR", method: "form" },
  items: [],
  campaign: { utm_source: "letter" },
  language: "en",
  screen: "large",
  agent: { browser: "chrome", major: 126, device: "desktop" },
  country: "DE",
};
const items = [{ item_id: "SKU_1", price: 12.5, quantity: 2 }, { item_name: "Lamp" }, { price: 1 }];
const events: Record<string, NeutralEvent> = {
  pageview: event,
  event: { ...event, name: "booking_sent" },
  detail: { ...event, name: "view_item", items },
  purchase: { ...event, name: "purchase", transaction: "t-1", items },
};

const endpoints = vendorEndpoints.parse({
  ga4: { secrets: { "G-TEST0001": "secret_value" } },
  metrika: { tokens: { "12345678": "token" } },
  matomo: { instances: { own: { url: "https://matomo.test/matomo.php", token } } },
  webhook: { receivers: { own: { url: "https://hook.test/in", secret: webhook.secret } } },
});
const context: RenderContext = {
  key: webhook.id,
  site: "clinic",
  service: "service",
  occurredAt: at,
  sentAt: webhook.timestamp * 1000,
  visitor: 77,
  since: Date.UTC(2026, 2, 14) / 1000,
  session: Date.UTC(2026, 2, 14) / 1000,
  consent: { ads: false, analytics: true, adUserData: false, adPersonalization: false },
  random: () => 0.25,
};

function sent(service: Pick<Service, "vendor" | "settings">, what: NeutralEvent) {
  const whole = { ...siteConfig().site.services[0]!, ...service };
  return destinationOf(whole, endpoints)!.render(what, context)!;
}
const fieldsSent = (service: Pick<Service, "vendor" | "settings">, what: NeutralEvent) =>
  Object.fromEntries(new URLSearchParams(sent(service, what).body));

describe("Metrika", () => {
  const kinds = Object.entries(metrika.required as Record<string, string[]>);

  it.each(kinds)("requires what is published of a %s, and gets it", (kind, required) => {
    const hit = fieldsSent(metrikaService, events[kind]!);
    expect(Object.keys(hit)).toEqual(expect.arrayContaining(required));
    expect(collectProblems(hit, at)).toEqual([]);
    for (const name of required.filter(
      (name) => name !== "pa" && (name !== "ea" || kind === "event"),
    )) {
      const { [name]: _, ...without } = hit;
      expect(collectProblems(without, at), name).not.toEqual([]);
    }
  });

  it.each(Object.keys(metrika.required))(
    "gets no parameter of a %s that is not published",
    (kind) => {
      const names = Object.keys(fieldsSent(metrikaService, events[kind]!));
      const known = names.map((name) => name.replace(/^pr\d+/, "pr<n>"));
      expect(known.filter((name) => !metrika.parameters.includes(name))).toEqual([]);
    },
  );
});

describe("a goal that is called as JavaScript calls something of its own", () => {
  it.each(["constructor", "toString", "valueOf"])("is a goal: %s", (name) => {
    const hit = fieldsSent(metrikaService, { ...events["detail"]!, name });
    expect(hit).toMatchObject({ t: "event", ea: name });
    expect(hit).not.toHaveProperty("pa");
  });
});

describe("GA4's Measurement Protocol", () => {
  const { query, body } = ga4.request;

  it("has a published request, which the stand-in takes", () => {
    expect(measurementProblems(new URLSearchParams(query), JSON.stringify(body), at)).toEqual([]);
  });

  it.each([
    ["no secret", "measurement_id=G-XXXXXXXXXX", body],
    ["no client", query, { events: body.events }],
    ["26 events", query, { ...body, events: Array(26).fill(body.events[0]) }],
    ["a reserved name", query, { ...body, events: [{ name: "session_start" }] }],
    ["a long value", query, { ...body, events: [{ name: "a", params: { b: "x".repeat(101) } }] }],
    ["73 hours ago", query, { ...body, timestamp_micros: (at - 73 * 3_600_000) * 1000 }],
    ["a field nobody knows", query, { ...body, user_ip: "x" }],
  ])("is refused with %s", (_, given, changed) => {
    expect(
      measurementProblems(new URLSearchParams(given), JSON.stringify(changed), at),
    ).not.toEqual([]);
  });

  it("gets published fields only", () => {
    const goal: NeutralEvent = { ...events["purchase"]!, source: "server" };
    const given = JSON.parse(sent(ga4Service, goal).body);
    expect(ga4.topLevel).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(ga4.device).toEqual(expect.arrayContaining(Object.keys(given.device)));
    expect(ga4.location).toEqual(expect.arrayContaining(Object.keys(given.user_location)));
    for (const never of ["user_id", "user_data", "ip_override", "user_agent"])
      expect(given).not.toHaveProperty(never);
  });
});

describe("Matomo", () => {
  const service = { vendor: "matomo", settings: { instance: "own", siteId: 3 } };

  it.each(Object.keys(events))("gets published parameters of a %s only, and takes them", (kind) => {
    const action = fieldsSent(service, events[kind]!);
    expect(matomo.parameters).toEqual(expect.arrayContaining(Object.keys(action)));
    expect(action).not.toHaveProperty("cip");
    expect(matomoProblems(action, at)).toEqual([]);
  });

  it("gets the time a page was looked at as the heartbeat that is published for it", () => {
    const looked: NeutralEvent = { ...event, name: "user_engagement", params: {} };
    const action = fieldsSent(service, looked);
    expect(action).toMatchObject({
      ping: "1",
      url: "https://www.clinic.test/services?utm_source=letter",
    });
    for (const name of ["action_name", "e_c", "e_a", "ca"]) expect(action).not.toHaveProperty(name);
    expect(matomoProblems(action, at)).toEqual([]);
  });

  it.each([
    ["pageview", "any"],
    ["event", "event"],
    ["purchase", "order"],
  ])("requires what is published of a %s", (kind, which) => {
    const action = fieldsSent(service, events[kind]!);
    for (const name of matomo.required[which] as string[]) {
      const { [name]: _, ...without } = action;
      if (name !== "idgoal") expect(matomoProblems(without, at), name).not.toEqual([]);
      expect(action).toHaveProperty(name);
    }
  });
});

describe("a webhook", () => {
  it("is checked as Standard Webhooks' own vector says", () => {
    const headers = {
      "webhook-id": webhook.id,
      "webhook-timestamp": String(webhook.timestamp),
      "webhook-signature": webhook.signature,
    };
    const now = webhook.timestamp * 1000;
    expect(webhookProblems(headers, webhook.body, webhook.secret, now)).toEqual([]);
    const other = `${webhook.secret.slice(0, -1)}x`;
    expect(webhookProblems(headers, webhook.body, other, now)).not.toEqual([]);
  });

  it("leaves with that id and that time, signed so", () => {
    const service = { vendor: "webhook", settings: { receiver: "own" } };
    const { headers, body } = sent(service, event);
    expect(headers).toMatchObject({ "webhook-id": webhook.id, "webhook-timestamp": "1614265330" });
    expect(webhookProblems(headers, body, webhook.secret, webhook.timestamp * 1000)).toEqual([]);
  });
});
