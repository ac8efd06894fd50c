import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import { eventsRoutes } from "../../../gateway/routes/visitors/events.ts";
import { toHttpError } from "../../../gateway/routes/failures.ts";
import { errorResponse, type HttpEnv } from "../../../gateway/routes/http.ts";
import { createObserve } from "../../../gateway/routes/observed.ts";
import { visitorDoor } from "../../../gateway/routes/visitors/door.ts";
import {
  openInstallation,
  origin,
  randomId,
  view,
  type Installation,
} from "../../events/installation.ts";
import { identities } from "../../privacy/identities.ts";

const observe = createObserve({
  client: () => ({ address: identities.ipv4, behindProxy: true }),
  locate: () => ({ country: "RU", region: "RU-MOW" }),
  countryHeader: "cf-ipcountry",
});

let installation: Installation;
let app: Hono<HttpEnv>;
beforeEach(async () => {
  installation = await openInstallation({ vendor: "http://127.0.0.1:9" });
  const routes = new Hono<HttpEnv>()
    .use(async (c, next) => {
      c.set("requestId", "request-1");
      await next();
    })
    .use(
      "/v1/sites/:site/*",
      visitorDoor(installation.sites, () => Promise.resolve()),
    )
    .route("/v1/sites/:site", eventsRoutes({ ...installation, observe }));
  app = new Hono<HttpEnv>().route("/", routes);
  app.onError((error, c) => errorResponse(c, toHttpError(error)));
});
afterEach(() => installation.close());

function post(body: string, headers: Record<string, string> = { origin }, site = "clinic") {
  return app.request(`/v1/sites/${site}/events`, {
    method: "POST",
    body,
    headers: { "content-type": "text/plain", ...headers },
  });
}

const batch = (token: string, changes: Record<string, unknown> = {}) =>
  JSON.stringify({ v: 1, token, language: "ru", width: 390, events: [view()], ...changes });

async function failure(response: Response) {
  const text = await response.text();
  for (const value of Object.values(identities)) expect(text).not.toContain(value);
  const { error } = errorEnvelope.parse(JSON.parse(text));
  return [response.status, error.code];
}

describe("POST /v1/sites/{site}/events", () => {
  it("answers after the commit, for JSON sent as text, and keeps coarse classes of the agent only", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const response = await post(batch(token), {
      origin,
      "user-agent": identities.agent,
      "accept-language": "ru-RU,ru;q=0.9,tlh;q=0.1",
      "sec-ch-ua-full-version": "126.0.6478.127",
      "x-forwarded-for": identities.ipv4,
      forwarded: `for="[${identities.ipv6}]"`,
      "x-real-ip": identities.ipv4,
      "cf-connecting-ip": identities.ipv6,
      cookie: `_ga=${identities.visitorId}`,
      referer: `${origin}/?email=${identities.email}`,
    });
    expect([response.status, await response.json()]).toEqual([200, { accepted: 1, refused: {} }]);
    const [row] = await installation.outbox();
    expect(JSON.parse(row!.payload)).toMatchObject({
      agent: { browser: "chrome", major: 126, device: "desktop" },
      screen: "small",
    });
    const disk = await installation.bytesOnDisk();
    for (const value of Object.values(identities)) expect(disk.indexOf(value), value).toBe(-1);
    expect(disk.indexOf("126.0.6478")).toBe(-1);
  });

  it("refuses other origins, and requests without one, before anything is read", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    for (const headers of [{}, { origin: "null" }, { origin: "https://evil.test" }])
      expect(await failure(await post(batch(token), headers as Record<string, string>))).toEqual([
        403,
        "origin_refused",
      ]);
    expect(await failure(await post(batch(token), { origin }, "other"))).toEqual([
      404,
      "site_unknown",
    ]);
    expect(await installation.outbox()).toEqual([]);
    expect(await installation.counts("*")).toEqual({});
  });

  it.each([
    ["not JSON", () => `{"token": "${identities.email}`, [400, "invalid_json"]],
    ["an unknown field", () => batch("x", { [identities.email]: 1 }), [400, "invalid_body"]],
    ["no events", () => batch("x", { events: [] }), [400, "invalid_body"]],
    [
      "too many events",
      () => batch("x", { events: Array(21).fill(view()) }),
      [400, "invalid_body"],
    ],
    ["a long token", () => batch("x".repeat(1025)), [400, "invalid_body"]],
    [
      "a large body",
      () => batch("x", { events: [{ name: "a".repeat(33_000) }] }),
      [413, "body_too_large"],
    ],
  ])("refuses %s without repeating it", async (_, body, expected) => {
    expect(await failure(await post(body()))).toEqual(expected);
  });

  it("says which events were refused and why, and nothing else", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const events = [view(), view({ name: identities.email }), view({ url: `${origin}/account/x` })];
    const response = await post(batch(token, { events }));
    expect(await response.json()).toEqual({
      accepted: 1,
      refused: { invalid_event: 1, excluded_page: 1 },
    });
  });

  it("asks to come back when too much is waiting", async () => {
    await installation.ingest.close();
    const response = await post(batch("x"));
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await failure(response)).toEqual([503, "unavailable"]);
  });
});
