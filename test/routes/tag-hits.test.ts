/** Google's own tag pointed at the gateway: every way it sends, and everything that must not pass. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { neutralEvent } from "../../gateway/events/intake/neutral.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { identities } from "../privacy/identities.ts";
import { demoWith } from "../sites/demo-with.ts";

const clock = { at: Date.UTC(2026, 10, 23, 12), now: () => clock.at };
const origin = "https://www.clinic-eu.test";
let installation: Installation;

/** The European clinic, its Google tag pointed at the gateway. */
const relayed = () =>
  demoWith("clinic-eu", ({ services }) => {
    services.find(({ id }) => id === "ga4")!.profile = "direct";
  });

beforeAll(async () => {
  installation = await openInstallation({ clock });
  await installation.gateway.sites.publish(await relayed());
});
afterAll(() => installation.close());
beforeEach(async () => {
  await installation.gateway.storage.main.transaction(async (trx) => {
    await trx.deleteFrom("outbox").execute();
    await trx.deleteFrom("event_counts").execute();
  });
});

const sealed = (changes: object = {}) =>
  installation.gateway.tokens.seal({
    site: "clinic-eu",
    subject: new Uint8Array(16).fill(7),
    config: "A".repeat(43),
    log: 1,
    index: 0,
    services: ["ga4", "ga4-clean", "metrika-clean"],
    expires: clock.at / 1000 + 60,
    ...changes,
  });

const hit = (changes: Record<string, string> = {}) =>
  new URLSearchParams({
    v: "2",
    tid: "G-RODNIK01",
    cid: "1482535147.1490885188",
    en: "page_view",
    dl: `${origin}/eu/online/new?gclid=${identities.clickId}&email=${identities.email}`,
    dr: "https://search.test/?q=flu",
    dt: identities.email,
    uid: identities.visitorId,
    _uip: identities.ipv4,
    "ep.note": identities.phone,
    "ep.soglas_token": sealed(),
    ...changes,
  }).toString();

const collect = (query: string, init: RequestInit = {}, site = "clinic-eu") =>
  installation.app.request(`/t/${site}/g/collect?${query}`, {
    ...init,
    headers: Object.entries({
      Origin: origin,
      Cookie: `_ga=${identities.visitorId}`,
      "User-Agent": identities.agent,
      "X-Forwarded-For": identities.ipv4,
      ...(init.headers as Record<string, string>),
    }).filter(([, value]) => value !== ""),
  });

const rows = () =>
  installation.gateway.storage.main.read.selectFrom("outbox").selectAll().orderBy("id").execute();
const queued = async () =>
  (await rows()).map((row) => ({
    service: row.service,
    event: neutralEvent.parse(JSON.parse(row.payload)),
  }));
const counts = async () =>
  Object.fromEntries(
    (
      await installation.gateway.storage.main.read
        .selectFrom("event_counts")
        .select(["outcome", "count"])
        .where("service", "=", "*")
        .where("outcome", "not in", ["received", "accepted"])
        .execute()
    ).map(({ outcome, count }) => [outcome, count]),
  );

describe("the tag's requests", () => {
  it.each([
    ["GET", () => collect(hit(), { method: "GET" })],
    [
      "GET of an image, without an origin",
      () => collect(hit(), { method: "GET", headers: { Origin: "" } }),
    ],
    ["POST with everything in the query", () => collect(hit(), { method: "POST" })],
    [
      "beacon of text",
      () =>
        collect(hit(), {
          method: "POST",
          body: "en=page_view",
          headers: { "Content-Type": "text/plain;charset=UTF-8" },
        }),
    ],
  ] as const)("are taken and answered 204: %s", async (_name, ask) => {
    const response = await ask();
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(await queued()).toMatchObject([
      {
        service: "ga4",
        event: {
          source: "tag",
          name: "page_view",
          page: `${origin}/eu/online/new`,
          referrer: "",
          title: "",
          params: {},
        },
      },
    ]);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it("hold a batch of events, which keep their order", async () => {
    const body = [
      "en=page_view",
      "en=scroll&epn.percent_scrolled=90",
      "en=user_engagement&_et=4100",
    ];
    await collect(hit(), { method: "POST", body: body.join("\r\n") });
    expect((await queued()).map(({ event }) => [event.name, event.params])).toEqual([
      ["page_view", {}],
      ["scroll", { percent_scrolled: 90 }],
      ["user_engagement", { engagement_time_msec: 5000 }],
    ]);
  });

  it("are told to the site's pages alone", async () => {
    const own = await collect(hit());
    expect(own.headers.get("access-control-allow-origin")).toBe(origin);
    const foreign = await collect(hit(), { headers: { Origin: "https://evil.test" } });
    expect([foreign.status, foreign.headers.get("access-control-allow-origin")]).toEqual([
      204,
      null,
    ]);
    expect(await queued()).toHaveLength(1);
  });

  it("reach no other service, and the widget's events not this one", async () => {
    await collect(hit({ dl: `${origin}/eu/contacts` }));
    await collect(hit({ tid: "G-RODNIK02" }));
    expect(await queued()).toEqual([]);
    const page = await installation.app.request("/v1/sites/clinic-eu/events", {
      method: "POST",
      body: JSON.stringify({
        v: 1,
        token: sealed(),
        events: [{ name: "lead", age: 0, url: `${origin}/eu/online/new` }],
      }),
      headers: { Origin: origin, "User-Agent": identities.agent },
    });
    expect(await page.json()).toMatchObject({ accepted: 0, refused: { no_service: 1 } });
  });
});

describe("consent", () => {
  it.each([
    ["no_token", () => ({ "ep.soglas_token": "" })],
    ["bad_token", () => ({ "ep.soglas_token": "forged" })],
    ["bad_token", () => ({ "ep.soglas_token": sealed({ site: "clinic" }) })],
    ["expired_token", () => ({ "ep.soglas_token": sealed({ expires: clock.at / 1000 }) })],
    ["not_granted", () => ({ "ep.soglas_token": sealed({ services: ["ga4-clean"] }) })],
    ["no_service", () => ({ tid: "G-OTHER1" })],
    ["invalid_event", () => ({ en: "два слова" })],
    ["excluded_page", () => ({ dl: `${origin}/eu/diseases/flu` })],
  ])("is what lets a hit in: %s is counted, and nothing stored", async (reason, changes) => {
    // What the hit itself says of consent is not believed.
    const response = await collect(hit({ gcs: "G111", gcd: "13t3t3t3t5l1", ...changes() }));
    expect(response.status).toBe(204);
    expect(await rows()).toEqual([]);
    expect(await counts()).toEqual({ [reason]: 1 });
  });
});

describe("what is not for us", () => {
  it("is answered 204 all the same", async () => {
    expect((await collect(hit(), {}, "no-such-site")).status).toBe(204);
    const large = { method: "POST", body: `en=x&ep.a=${"a".repeat(40_000)}` };
    expect((await collect(hit(), large)).status).toBe(204);
    expect((await collect("%ff%00&&&==", { method: "POST", body: "\n\n%\n" })).status).toBe(204);
    expect(await rows()).toEqual([]);
    expect(await (await installation.app.request("/metrics")).text()).toContain(
      'soglas_tag_requests_refused_total{site="clinic-eu",reason="body_too_large"} 1',
    );
  });

  it("is told to the operator alone when it is too much or too large, and writes nothing", async () => {
    const busy = await openInstallation({ clock, budget: { addressPerMinute: 1 } });
    await busy.gateway.sites.publish(await relayed());
    const ask = () =>
      busy.app.request(`/t/clinic-eu/g/collect?${hit({ "ep.soglas_token": "" })}`, {
        headers: { Origin: origin, "User-Agent": identities.agent },
      });
    expect([(await ask()).status, (await ask()).status]).toEqual([204, 204]);
    const counted = await busy.gateway.storage.main.read
      .selectFrom("event_counts")
      .select("count")
      .where("outcome", "=", "no_token")
      .execute();
    expect(counted).toEqual([{ count: 1 }]);
    const metrics = await (await busy.app.request("/metrics")).text();
    expect(metrics).toContain(
      'soglas_tag_requests_refused_total{site="clinic-eu",reason="rate_limited"} 1',
    );
    await busy.close();
  });
});

it("leaves no identity behind", async () => {
  await collect(hit(), { method: "POST", body: `en=lead&ep.method=${identities.email}` });
  const kept = JSON.stringify([await rows(), installation.logged]);
  for (const identity of [...Object.values(identities), "1482535147", "search.test"])
    expect(kept).not.toContain(identity);
});
