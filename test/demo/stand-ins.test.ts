/** The stand-ins do what the vendors' documents say, and keep what reached them. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStandIns } from "../../demo/stand-ins/stand-ins.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const epoch = noon / 1000;
const open = () => createStandIns({ now: () => noon });

const ga4 = {
  v: "2",
  tid: "G-RODNIK01",
  cid: "123.456",
  en: "page_view",
  dl: "https://www.clinic-eu.test/eu",
};
const pageview = {
  tid: "10000002",
  cid: "1234567890123",
  t: "pageview",
  dl: "https://www.clinic.test/",
  dr: "",
  dt: "",
};
const goal = { tid: "10000002", cid: "1234567890123", t: "event", ea: "appointment" };
const product = { pr1id: "A1", pr1nm: "Visit" };
const purchase = { ...goal, ...product, pa: "purchase", ti: "aB3", tr: "8900", tcc: "" };

const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  new Request(url, { method: "POST", body: new URLSearchParams(fields), headers });
const without = (fields: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

describe("GA4", () => {
  it("reads a batch: query overlaid by each line", async () => {
    const { fetch, recording } = open();
    const query = new URLSearchParams({ ...ga4, en: "in_query" });
    const answer = await fetch(
      new Request(`http://demo.test/stand-in/ga/g/collect?${query}`, {
        method: "POST",
        body: "en=page_view&_et=5\nen=scroll",
      }),
    );
    expect(answer.status).toBe(204);
    const [hit] = recording.hits();
    expect(hit?.events.map(({ en, tid, _et }) => ({ en, tid, _et }))).toEqual([
      { en: "page_view", tid: ga4.tid, _et: "5" },
      { en: "scroll", tid: ga4.tid, _et: undefined },
    ]);
    expect(hit).toMatchObject({ vendor: "ga4", method: "POST", status: 204, problems: [] });
    expect(hit?.time).toBe(new Date(noon).toISOString());
  });

  it.each([
    ["v is 1", { ...ga4, v: "1" }],
    ["no tid", without(ga4, "tid")],
    ["no cid", without(ga4, "cid")],
    ["no en", without(ga4, "en")],
    ["en with a space", { ...ga4, en: "page view" }],
    ["en of 41", { ...ga4, en: "a".repeat(41) }],
    ["dl relative", { ...ga4, dl: "/eu" }],
    ["value of 101", { ...ga4, "ep.item": "a".repeat(101) }],
    ["name of 41", { ...ga4, [`ep.${"a".repeat(41)}`]: "1" }],
    ["number in words", { ...ga4, "epn.value": "many" }],
    [
      "26 parameters",
      { ...ga4, ...Object.fromEntries(Array.from({ length: 26 }, (_, at) => [`ep.p${at}`, "1"])) },
    ],
  ])("answers 204 as Google does, and records the problem: %s", async (_name, event) => {
    const { fetch, recording } = open();
    const query = new URLSearchParams(event);
    expect((await fetch(new Request(`http://region1.test/g/collect?${query}`))).status).toBe(204);
    expect(recording.hits()[0]?.problems).toHaveLength(1);
  });
});

describe("Metrika's Measurement Protocol", () => {
  it.each([
    ["a page view without a referrer", pageview],
    ["a goal", goal],
    ["a purchase", purchase],
    ["an event of 12 hours ago", { ...goal, et: String(epoch - 12 * 3600) }],
  ])("takes %s", async (_name, event) => {
    const { fetch, recording } = open();
    expect((await fetch(post("http://mc.test/collect", event))).status).toBe(200);
    expect(recording.hits()[0]).toMatchObject({ sender: "server", events: [event], problems: [] });
  });

  it.each([
    ["tid", without(pageview, "tid")],
    ["cid", without(pageview, "cid")],
    ["cid", { ...pageview, cid: "12.34" }],
    ["t", without(pageview, "t")],
    ["t", { ...pageview, t: "screenview" }],
    ["dl", without(pageview, "dl")],
    ["dr", without(pageview, "dr")],
    ["dt", without(pageview, "dt")],
    ["ea", without(goal, "ea")],
    ["ti", without(purchase, "ti")],
    ["tr", without(purchase, "tr")],
    ["tcc", without(purchase, "tcc")],
    ["et", { ...goal, et: String(epoch - 12 * 3600 - 1) }],
    ["et", { ...goal, et: String(epoch + 3600) }],
    ["et", { ...goal, et: String(noon) }],
    ["params", { ...goal, params: "{" }],
  ])("answers 400 when %s is wrong", async (name, event) => {
    const { fetch, recording } = open();
    const answer = await fetch(post("http://mc.test/collect", event));
    expect(answer.status).toBe(400);
    const [hit] = recording.hits();
    expect(hit?.problems).toHaveLength(1);
    expect(hit?.problems[0]).toMatch(new RegExp(`^${name} `));
  });
});

describe("Metrika's tag hits", () => {
  const info = "pv:1:u:17000000001:w:800x600:t:Title: with colons";
  const query = new URLSearchParams({
    "page-url": "https://www.clinic.test/online",
    "browser-info": info,
  });

  it("takes browser-info apart and sets a cookie no page can remove", async () => {
    const { fetch, recording } = open();
    const answer = await fetch(
      new Request(`https://mc.test/watch/10000001/1?${query}`, {
        method: "POST",
        headers: { Origin: "https://www.clinic.test" },
      }),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://www.clinic.test");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^yandexuid=.*HttpOnly; SameSite=None; Secure$/,
    );
    expect(recording.hits()[0]).toMatchObject({
      sender: "page",
      events: [
        {
          counter: "10000001",
          "browser-info u": "17000000001",
          "browser-info t": "Title: with colons",
        },
      ],
      problems: [],
    });
  });

  it("keeps its cookie inside its own path on the demo's origin", async () => {
    const { fetch } = open();
    const address = `http://localhost/stand-in/metrika/watch/10000001/1?${query}`;
    const cookie = (await fetch(new Request(address))).headers.get("set-cookie");
    expect(cookie).toContain("Path=/stand-in/metrika;");
    expect(cookie).not.toContain("Secure");
  });
});

describe("scripts", () => {
  it.each([
    "http://www.googletagmanager.test/gtag/js?id=G-RODNIK01",
    "http://localhost/stand-in/ga/gtag/js?id=G-RODNIK01",
    "http://mc.test/metrika/tag.js",
    "http://localhost/stand-in/metrika/metrika/tag.js",
  ])("%s is served to any page, and is no hit", async (address) => {
    const { fetch, recording } = open();
    const answer = await fetch(new Request(address));
    expect(answer.headers.get("content-type")).toMatch(/^text\/javascript/);
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(recording.hits()).toEqual([]);
  });
});

describe("recording", () => {
  it("drops the oldest beyond its limit, and everything when cleared", async () => {
    const { fetch, recording } = createStandIns({ now: () => noon, limit: 2 });
    for (const ea of ["one", "two", "three"])
      await fetch(post("http://mc.test/collect", { ...goal, ea }));
    expect(recording.hits().map(({ id, events }) => [id, events[0]?.["ea"]])).toEqual([
      [2, "two"],
      [3, "three"],
    ]);
    recording.clear();
    expect(recording.hits()).toEqual([]);
  });
});

describe("hostile requests", () => {
  it("are recorded and answered, whatever they hold", async () => {
    const { fetch, recording } = open();
    const path = fc.constantFrom(
      "/g/collect",
      "/collect",
      "/watch/1",
      "/stand-in/metrika/watch/x/1",
    );
    await fc.assert(
      fc.asyncProperty(
        path,
        fc.string(),
        fc.string({ unit: "binary" }),
        async (to, query, body) => {
          recording.clear();
          const address = `http://demo.test${to}?${encodeURI(query.toWellFormed())}`;
          const answer = await fetch(new Request(address, { method: "POST", body }));
          expect([200, 204, 400]).toContain(answer.status);
          expect(recording.hits()).toHaveLength(1);
        },
      ),
    );
  });
});

describe("faults", () => {
  it("answers an error status with Retry-After, as often as asked", async () => {
    const { fetch, faults, recording } = open();
    faults.set("metrika", { kind: "status", status: 429, retryAfter: 7 }, 2);
    const statuses: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const answer = await fetch(post("http://mc.test/collect", goal));
      statuses.push(answer.status);
      expect(answer.headers.get("retry-after")).toBe(answer.status === 429 ? "7" : null);
    }
    expect(statuses).toEqual([429, 429, 200]);
    expect(recording.hits().map(({ status }) => status)).toEqual([429, 429, 200]);
  });

  it("concerns one vendor only", async () => {
    const { fetch, faults } = open();
    faults.set("metrika", { kind: "status", status: 500 });
    const query = new URLSearchParams(ga4);
    expect((await fetch(new Request(`http://ga.test/g/collect?${query}`))).status).toBe(204);
    expect((await fetch(post("http://mc.test/collect", goal))).status).toBe(500);
  });

  it("resets a connection, and hangs until lifted", async () => {
    const { fetch: handle, faults, recording } = open();
    const server = createServer(
      getRequestListener((request, env) =>
        handle(request, "incoming" in env ? (env as never) : {}),
      ),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      faults.set("metrika", { kind: "reset" }, 1);
      await expect(fetch(post(`${base}/collect`, goal))).rejects.toThrow();

      faults.set("metrika", { kind: "hang" }, 1);
      let settled = false;
      const hanging = fetch(post(`${base}/collect`, goal)).finally(() => (settled = true));
      await expect.poll(() => recording.hits().length).toBe(2);
      expect((await fetch(post(`${base}/collect`, goal))).status).toBe(200);
      expect(settled).toBe(false);
      faults.set("metrika", null);
      await expect(hanging).rejects.toThrow();
      expect(recording.hits().map(({ status }) => status)).toEqual([0, 0, 200]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
