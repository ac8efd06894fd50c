/** What an owner's backend may send, and what becomes of it. */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorEnvelope } from "../../gateway/contract/errors.ts";
import {
  serverEventsAnswer,
  type ServerEventResult,
} from "../../gateway/contract/server-events.ts";
import { neutralEvent } from "../../gateway/events/intake/neutral.ts";
import { decide, grant, newId, refusing, withdrawalOf } from "../gateway/decisions.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { identities } from "../privacy/identities.ts";

const clock = { at: Date.UTC(2026, 10, 23, 12), now: () => clock.at };
let installation: Installation;
let config: string;
let key: string;
let token: string;

beforeAll(async () => {
  installation = await openInstallation({ clock });
  const { sites, staff } = installation.gateway;
  config = (await sites.effective("clinic"))!.hash;
  ({ key } = await staff.keys.create({
    label: "shop",
    role: "backend",
    site: "clinic",
    expiresAt: null,
  }));
});
afterAll(() => installation.close());
beforeEach(async () => {
  const { main } = installation.gateway.storage;
  await main.transaction(async (trx) => {
    await trx.deleteFrom("outbox").execute();
    await trx.deleteFrom("event_counts").execute();
  });
  token = (await decide(installation, grant(config))).token!;
});

const purchase = (changes: object = {}) => ({
  id: newId(),
  token,
  name: "purchase",
  params: { value: 4200, currency: "RUB", transaction_id: "A-1042" },
  items: [{ item_id: "check-up", item_name: "Check-up", price: 2100, quantity: 2 }],
  ...changes,
});

function send(events: unknown[], headers: object = {}, site = "clinic") {
  return installation.app.request(`/v1/sites/${site}/server-events`, {
    method: "POST",
    body: JSON.stringify({ v: 1, events }),
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${key}`,
      ...headers,
    },
  });
}

async function results(events: unknown[]): Promise<ServerEventResult[]> {
  const response = await send(events);
  expect(response.status).toBe(200);
  return serverEventsAnswer.parse(await response.json()).results;
}

const reasons = async (events: unknown[]) =>
  (await results(events)).map((result) =>
    result.status === "refused" ? result.reason : result.status,
  );

const queued = async () =>
  (
    await installation.gateway.storage.main.read
      .selectFrom("outbox")
      .selectAll()
      .orderBy("id")
      .execute()
  ).map((row) => ({ ...row, event: neutralEvent.parse(JSON.parse(row.payload)) }));

async function failure(answer: Response | Promise<Response>) {
  const { status, ...response } = await Promise.resolve(answer).then(async (each) => ({
    status: each.status,
    body: await each.json(),
  }));
  return [status, errorEnvelope.parse(response.body).error.code];
}

describe("who may send", () => {
  it("is a key that counts, of a role that sends events, for this site", async () => {
    const { keys } = installation.gateway.staff;
    const make = (changes: object) =>
      keys.create({ label: "k", role: "backend", site: "clinic", expiresAt: null, ...changes });
    const as = (each: string) => failure(send([purchase()], { Authorization: `Bearer ${each}` }));
    const revoked = await make({});
    await keys.revoke(revoked.id);
    expect(await as(revoked.key)).toEqual([401, "unauthorized"]);
    expect(await as((await make({ expiresAt: clock.at })).key)).toEqual([401, "unauthorized"]);
    expect(await as(`${key.slice(0, -2)}AA`)).toEqual([401, "unauthorized"]);
    expect(await as("")).toEqual([401, "unauthorized"]);
    expect(await as((await make({ role: "auditor" })).key)).toEqual([403, "forbidden"]);
    expect(await as((await make({ site: "clinic-eu" })).key)).toEqual([403, "forbidden"]);
    expect(await failure(send([purchase()], {}, "no-such-site"))).toEqual([403, "forbidden"]);
    expect(await queued()).toEqual([]);
  });

  it("is not a page: no answer can be read there", async () => {
    const response = await send([purchase()], { Origin: "https://www.clinic.test" });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("is held to the budgets, before the key is looked at", async () => {
    const busy = await openInstallation({ clock, budget: { addressPerMinute: 2 } });
    const ask = () =>
      busy.app.request("/v1/sites/clinic/server-events", { method: "POST", body: "{}" });
    expect([(await ask()).status, (await ask()).status]).toEqual([401, 401]);
    const refused = await ask();
    expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
    await busy.close();
  });
});

describe("an accepted event", () => {
  it("is a neutral event of the server: items kept, the order's number replaced, no browser", async () => {
    expect(await reasons([purchase()])).toEqual(["accepted"]);
    const [{ event, service, occurred_at }] = (await queued()) as [
      Awaited<ReturnType<typeof queued>>[number],
    ];
    expect(event).toEqual({
      v: 1,
      source: "server",
      name: "purchase",
      page: "http://localhost:8788/",
      referrer: "",
      title: "",
      params: { value: 4200, currency: "RUB" },
      items: [{ item_id: "check-up", item_name: "Check-up", price: 2100, quantity: 2 }],
      transaction: expect.stringMatching(/^[a-p]{20}$/),
      campaign: {},
      language: null,
      screen: null,
      agent: { browser: "other", major: null, device: "other" },
      country: null,
    });
    expect([service, occurred_at]).toEqual(["metrika-clean", clock.at]);
  });

  it("has one stand-in per order, whoever tells of it", async () => {
    const other = purchase({ params: { transaction_id: "A-1043" } });
    await results([purchase(), purchase({ name: "refund" }), other]);
    const [first, second, third] = (await queued()).map(({ event }) => event.transaction);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("may name its moment, its page and its services", async () => {
    const time = clock.at / 1000 - 3600;
    const url = "https://www.clinic.test/contacts?email=maria%40example.org";
    await results([purchase({ time, url, to: ["metrika-clean"] })]);
    const [row] = await queued();
    expect(row!.occurred_at).toBe(time * 1000);
    expect(row!.event.page).toBe("https://www.clinic.test/contacts");
    expect(await reasons([purchase({ to: ["metrika"] })])).toEqual(["no_service"]);
    expect(await reasons([purchase({ url: "https://www.clinic.test/diseases/flu" })])).toEqual([
      "excluded_page",
    ]);
  });
});

describe("consent", () => {
  it("is the visitor's token: without one of this site that counts, nothing is stored", async () => {
    const forged = token.slice(0, -3) + (token.endsWith("AAA") ? "BBB" : "AAA");
    const foreign = installation.gateway.tokens.seal({
      site: "clinic-eu",
      subject: new Uint8Array(16),
      config,
      log: 1,
      index: 0,
      services: ["metrika-clean"],
      expires: clock.at / 1000 + 60,
    });
    const events = ["", forged, foreign, "x"].map((each) => purchase({ token: each }));
    expect(await reasons(events)).toEqual(["no_token", "bad_token", "bad_token", "bad_token"]);
    const before = clock.at;
    clock.at += 31 * 86_400_000;
    expect(await reasons([purchase()])).toEqual(["expired_token"]);
    clock.at = before;
    expect(await queued()).toEqual([]);
    const counts = await installation.gateway.storage.main.read
      .selectFrom("event_counts")
      .select(["service", "outcome", "count"])
      .orderBy("outcome")
      .orderBy("day")
      .execute();
    expect(counts).toEqual([
      { service: "*", outcome: "bad_token", count: 3 },
      { service: "*", outcome: "expired_token", count: 1 },
      { service: "*", outcome: "no_token", count: 1 },
      { service: "*", outcome: "received", count: 4 },
      { service: "*", outcome: "received", count: 1 },
    ]);
  });

  it("is per service, and read again from the log before anything leaves", async () => {
    const some = grant(config, {
      services: { metrika: "granted", "metrika-clean": "denied" },
    });
    const without = (await decide(installation, some)).token!;
    expect(await reasons([purchase({ token: without })])).toEqual(["not_granted"]);

    const body = grant(config);
    const { token: given } = await decide(installation, body);
    expect(await reasons([purchase({ token: given! })])).toEqual(["accepted"]);
    await decide(installation, { ...withdrawalOf(body), ...refusing });
    await installation.gateway.forwarder.runOnce();
    expect(await queued()).toEqual([]);
    const dropped = await installation.gateway.storage.main.read
      .selectFrom("event_counts")
      .select("count")
      .where("outcome", "=", "dropped_at_exit")
      .execute();
    expect(dropped).toEqual([{ count: 1 }]);
  });
});

describe("a repeated event", () => {
  it("counts once, in one request and in several, at the same time too", async () => {
    const event = purchase();
    expect(await reasons([event, purchase(), event])).toEqual([
      "accepted",
      "accepted",
      "duplicate",
    ]);
    const again = await Promise.all([reasons([event]), reasons([event]), reasons([event])]);
    expect(again).toEqual([["duplicate"], ["duplicate"], ["duplicate"]]);
    const fresh = purchase();
    const race = await Promise.all(Array.from({ length: 8 }, () => reasons([fresh])));
    expect(race.flat().toSorted()).toEqual(["accepted", ...Array(7).fill("duplicate")]);
    expect(await queued()).toHaveLength(3);
  });

  it("may come again after it was refused, and its id means nothing to another site", async () => {
    const event = purchase({ token: "" });
    expect(await reasons([event])).toEqual(["no_token"]);
    expect(await reasons([{ ...event, token }])).toEqual(["accepted"]);
  });

  it("is forgotten after a week, and its id is nowhere in clear", async () => {
    const event = purchase({ id: "order 1042 of maria@example.org" });
    expect(await reasons([event])).toEqual(["accepted"]);
    const keys = () =>
      installation.gateway.storage.main.read.selectFrom("event_keys").selectAll().execute();
    expect(
      JSON.stringify((await keys()).map(({ hash }) => Buffer.from(hash).toString("latin1"))),
    ).not.toContain("maria");
    const before = clock.at;
    clock.at += 8 * 86_400_000;
    expect(await reasons([event])).toEqual(["accepted"]);
    expect(await keys()).toHaveLength(1);
    clock.at = before;
  });
});

describe("a wrong event", () => {
  it("is told what is wrong where, and costs no other", async () => {
    const [first, second, third, fourth, fifth] = await results([
      purchase({ user_id: "maria", client_id: "1.2", ip: identities.ipv4 }),
      purchase({ name: "два слова" }),
      purchase({ time: clock.at / 1000 + 600 }),
      purchase({ time: clock.at / 1000 - 80 * 3600 }),
      purchase(),
    ]);
    const invalid = (path: string, message: string) => ({
      status: "refused",
      reason: "invalid_event",
      issues: [{ path, message }],
    });
    expect(first).toEqual(invalid("", "has 3 unknown fields"));
    expect(second).toMatchObject({ reason: "invalid_event", issues: [{ path: "name" }] });
    expect(third).toEqual(invalid("time", "lies in the future"));
    expect(fourth).toEqual(invalid("time", "at most 72 hours ago"));
    expect(fifth).toEqual({ status: "accepted" });
  });

  it("never comes back in an answer, whatever it holds, and leaves nothing in the outbox", async () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.values(identities)),
      fc.integer(),
    );
    const given = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("id", "token", "name", "time", "params", "items")),
      fc.oneof(value, fc.dictionary(fc.string(), value), fc.array(value)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(given, value), { minLength: 1, maxLength: 5 }),
        async (events) => {
          const response = await send(events);
          const text = await response.text();
          expect(response.status).toBe(200);
          for (const identity of Object.values(identities)) expect(text).not.toContain(identity);
          expect(JSON.parse(text).results).toHaveLength(events.length);
        },
      ),
      { numRuns: 60 },
    );
    expect(await queued()).toEqual([]);
  });

  it("of a request that is none at all is an error of the request", async () => {
    expect(await failure(send([]))).toEqual([400, "invalid_body"]);
    expect(await failure(send(Array(101).fill(1)))).toEqual([400, "invalid_body"]);
  });
});
