import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DecisionAnswer, DecisionBody } from "../../../gateway/contract/decision.ts";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import {
  clinicOrigin,
  grant,
  newId,
  postFromPage,
  refusing,
  withdrawalOf,
} from "../../gateway/decisions.ts";
import { openInstallation, type Installation } from "../../gateway/installation.ts";

let installation: Installation;
let config: string;
beforeAll(async () => {
  installation = await openInstallation();
  config = (await installation.gateway.sites.effective("clinic"))!.hash;
});
afterAll(() => installation.close());

const origin = clinicOrigin;
const decision = (change: Partial<DecisionBody> = {}) => grant(config, change);
const post = async (path: string, body: unknown, headers?: Record<string, string>) =>
  postFromPage(installation, path, body, headers);
const send = (body: unknown, headers?: Record<string, string>) =>
  post("/v1/sites/clinic/consents", body, headers);

async function problem(response: Response) {
  const { error } = errorEnvelope.parse(await response.json());
  return {
    status: response.status,
    code: error.code,
    paths: error.issues?.map(({ path }) => path),
  };
}

const count = async () =>
  (await installation.gateway.records.latest("clinic", { limit: 200 })).length;

describe("a decision", () => {
  it("is answered with its place in the log and a token, readable by that origin alone", async () => {
    const body = decision();
    const response = await send(body);
    expect(response.status).toBe(201);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(origin);
    expect(response.headers.get("Vary")).toContain("Origin");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const answer = (await response.json()) as DecisionAnswer;
    expect(answer.record).toMatchObject({
      id: body.id,
      log: `rodnik-clinic.example/soglas/${new Date().getUTCFullYear()}`,
      index: expect.any(Number),
    });
    expect(answer.token).toMatch(/^[\w-]{80,}$/);
  });

  it("sent again byte for byte has its first answer again, and stays one record", async () => {
    const body = decision();
    const first = (await (await send(body)).json()) as DecisionAnswer;
    const before = await count();
    const again = await send(body);
    expect(again.status).toBe(201);
    expect(((await again.json()) as DecisionAnswer).record).toEqual(first.record);
    expect(await count()).toBe(before);
  });

  it("of another content under the same record id is a conflict", async () => {
    const body = decision();
    await send(body);
    const response = await send({ ...body, theme: "dark" });
    expect(await problem(response)).toMatchObject({ status: 409, code: "record_conflict" });
  });

  it("that refuses gets no token", async () => {
    const response = await send(decision({ ...refusing, control: "refuse-all" }));
    expect(((await response.json()) as DecisionAnswer).token).toBeNull();
  });

  it("that arrives late never reopens a withdrawal: repeated, it gets no token either", async () => {
    const first = decision();
    const withdrawal = withdrawalOf(first);
    expect(((await (await send(withdrawal)).json()) as DecisionAnswer).token).toBeNull();
    const late = (await (await send(first)).json()) as DecisionAnswer;
    expect(late.token).toBeNull();
    expect(((await (await send(first)).json()) as DecisionAnswer).record).toEqual(late.record);
    const token = await post("/v1/sites/clinic/token", { v: 1, secret: first.secret });
    expect(await token.json()).toEqual({ token: null });
  });

  it("is told by its age and counted from the earlier clock", async () => {
    const hour = 3600;
    const now = Math.floor(Date.now() / 1000);
    const ahead = decision({ time: now + 10 * hour });
    const behind = decision({ time: now - 10 * hour });
    await send(ahead);
    await send(behind);
    const records = installation.gateway.records;
    const early = (await records.record("clinic", ahead.id))!.decision;
    const late = (await records.record("clinic", behind.id))!.decision;
    expect(early.until).toBe(early.received + 365 * 24 * hour);
    expect(early.late).toBe(false);
    expect(late.until).toBe(behind.time + 365 * 24 * hour);
    expect(late.late).toBe(true);
  });
});

describe("a token", () => {
  it("is renewed for who shows the secret", async () => {
    const body = decision();
    await send(body);
    const response = await post("/v1/sites/clinic/token", { v: 1, secret: body.secret });
    expect(await response.json()).toEqual({ token: expect.stringMatching(/^[\w-]{80,}$/) });
  });

  it("is not to be had for a secret nobody decided under", async () => {
    const response = await post("/v1/sites/clinic/token", { v: 1, secret: newId() });
    expect(await problem(response)).toMatchObject({ status: 404, code: "not_found" });
  });
});

describe("bad input", () => {
  const page = "/личный-кабинет/maria@example.org";

  it.each([
    ["not JSON", "{", 400, "invalid_json", undefined],
    ["not UTF-8 JSON", '{"v":1', 400, "invalid_json", undefined],
    [
      "a __proto__ key",
      '{"v":1,"purposes":{"__proto__":"granted"}}',
      400,
      "invalid_json",
      undefined,
    ],
    ["the same in disguise", '{"v":1,"\\u005f_proto__":{}}', 400, "invalid_json", undefined],
    ["an array", [], 400, "invalid_body", [""]],
    ["an unknown field", { ...decision(), "203.0.113.77": 1 }, 400, "invalid_body", [""]],
    [
      "an unknown purpose",
      decision({ purposes: { spying: "granted" } }),
      400,
      "config_unknown",
      undefined,
    ],
    ["a query string", decision({ page: "/a?b=1" }), 400, "invalid_body", ["page"]],
    ["a page that is no path", decision({ page: page.slice(1) }), 400, "invalid_body", ["page"]],
    [
      "a value of the wrong kind",
      { ...decision(), counter: "1" },
      400,
      "invalid_body",
      ["counter"],
    ],
  ])(
    "%s is refused by its path, without a word of it",
    async (_name, body, status, code, paths) => {
      const before = await count();
      const sent =
        typeof body === "object" && "config" in body && code !== "config_unknown"
          ? { ...body, config }
          : body;
      const response = await send(
        typeof sent === "object" && "config" in sent ? { ...sent, config } : sent,
      );
      const text = await response.clone().text();
      const found = await problem(response);
      expect(found.status).toBe(status);
      if (code === "config_unknown")
        expect(found.paths).toEqual(expect.arrayContaining(["purposes", "purposes.analytics"]));
      else expect(found).toEqual({ status, code, paths });
      for (const value of ["203.0.113.77", "maria", "spying", "b=1"])
        expect(text).not.toContain(value);
      expect(await count()).toBe(before);
    },
  );

  it("over 32 kB is refused with 413, whether it names its length or not", async () => {
    const long = JSON.stringify({ ...decision(), page: `/${"a".repeat(33_000)}` });
    expect(await problem(await send(long))).toMatchObject({ status: 413, code: "body_too_large" });
    const stream = new Blob([long]).stream();
    const response = await installation.app.request("/v1/sites/clinic/consents", {
      method: "POST",
      body: stream,
      headers: { Origin: origin },
      duplex: "half",
    } as RequestInit);
    expect(await problem(response)).toMatchObject({ status: 413 });
  });

  it.each([
    ["missing", {}],
    ["null", { Origin: "null" }],
    ["of another site", { Origin: "https://evil.example" }],
    ["a longer name", { Origin: `${origin}.evil.example` }],
    ["another port", { Origin: `${origin}:8443` }],
  ])("an origin that is %s is refused with 403, and nothing is stored", async (_name, headers) => {
    const before = await count();
    const response = await send(decision(), headers);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
    expect(await problem(response)).toMatchObject({ status: 403, code: "origin_refused" });
    expect(await count()).toBe(before);
  });

  it("an unknown site is 404, a configuration never published 409", async () => {
    expect(await problem(await post("/v1/sites/nobody/consents", decision()))).toMatchObject({
      status: 404,
      code: "site_unknown",
    });
    const foreign = (await installation.gateway.sites.effective("clinic-eu"))!.hash;
    for (const config of [randomBytes(32).toString("base64url"), foreign])
      expect(await problem(await send(decision({ config })))).toMatchObject({
        status: 409,
        code: "config_unknown",
      });
  });

  it.each([
    ["a refusal that grants", { control: "refuse-all" }, ["control"]],
    ["a grant without the consent document", { documents: [] }, ["documents"]],
    [
      "a refusal that accepts a document",
      { ...refusing, documents: ["consent"], control: "refuse-all" },
      ["documents"],
    ],
    ["a language of another site", { language: "de" }, ["language"]],
    [
      "a service granted against its purpose",
      { purposes: { analytics: "denied", media: "granted" } },
      ["services.metrika", "services.metrika-clean"],
    ],
    ["a service left out", { services: { metrika: "granted" } }, ["services.metrika-clean"]],
  ] satisfies [string, Partial<DecisionBody>, string[]][])(
    "%s contradicts its configuration",
    async (_name, change, paths) => {
      const found = await problem(await send(decision(change)));
      expect(found).toEqual({ status: 400, code: "invalid_body", paths });
    },
  );

  it("is recorded with the country of the address, and without the address", async () => {
    const located = await openInstallation({
      observe: {
        client: () => ({ address: "203.0.113.77", behindProxy: false }),
        locate: (address) => ({
          country: address === "203.0.113.77" ? "RU" : null,
          region: "RU-MOW",
        }),
      },
    });
    try {
      const body = {
        ...decision(),
        config: (await located.gateway.sites.effective("clinic"))!.hash,
      };
      const response = await located.app.request("/v1/sites/clinic/consents", {
        method: "POST",
        body: JSON.stringify(body),
        headers: { Origin: origin },
      });
      expect(response.status).toBe(201);
      const record = await located.gateway.records.record("clinic", body.id);
      expect(record!.decision).toMatchObject({ country: "RU" });
      for (const text of await databaseBytes(located.folder))
        expect(text.includes("203.0.113.77") || text.includes("RU-MOW")).toBe(false);
    } finally {
      await located.close();
    }
  });

  it("a secret, an address or a user agent never reaches log or storage", async () => {
    const body = decision({ page: "/203.0.113.77/maria@example.org/results" });
    await send(body, {
      Origin: origin,
      "X-Forwarded-For": "203.0.113.77",
      "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.7339.81 Safari/537.36",
    });
    const { records } = installation.gateway;
    const record = (await records.record("clinic", body.id))!;
    expect(record.decision).toMatchObject({ browser: "chrome", device: "desktop" });
    expect((await records.open(record))!.half.page).toBe("/redacted/redacted/results");
    const kept = [installation.logged.join("\n"), ...(await databaseBytes(installation.folder))];
    const secret = Buffer.from(body.secret, "base64url").toString("latin1");
    for (const value of [body.secret, secret, "203.0.113.77", "maria", "7339"])
      for (const text of kept) expect(text.includes(value)).toBe(false);
    expect(kept.some((text) => text.includes(body.config))).toBe(true);
  });

  it.each([
    ["/doctors/orlova", "/doctors/masked"],
    ["/diseases/hypertension", "/masked"],
    ["/%64iseases/hypertension", "/masked"],
    ["/services", "/services"],
  ])("the page %s is kept as %s, and sealed", async (page, kept) => {
    const body = decision({ page });
    await send(body);
    const { records } = installation.gateway;
    const opened = await records.open((await records.record("clinic", body.id))!);
    expect(opened!.half.page).toBe(kept);
  });
});

describe("budgets", () => {
  it("refuse with 429 and Retry-After before anything is recorded, per address and per site", async () => {
    const tight = await openInstallation({
      budget: {
        addressPerMinute: 2,
        sitePerSecond: 1000,
        address: (c) => c.req.header("x-test-address") ?? "",
      },
    });
    const { hash } = (await tight.gateway.sites.effective("clinic"))!;
    const from = (address: string) =>
      tight.app.request("/v1/sites/clinic/consents", {
        method: "POST",
        body: JSON.stringify(decision({ config: hash })),
        headers: { Origin: origin, "x-test-address": address },
      });
    const statuses = [];
    for (const address of ["a", "a", "a", "b"]) statuses.push((await from(address)).status);
    expect(statuses).toEqual([201, 201, 429, 201]);
    const refused = await from("a");
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(refused.headers.get("Access-Control-Expose-Headers")).toBe("Retry-After");
    expect(await tight.gateway.records.latest("clinic", { limit: 10 })).toHaveLength(3);
    await tight.close();
  });
});

describe("the rest of the address space", () => {
  it("answers in the envelope, with nothing of the request", async () => {
    const response = await installation.app.request("/v1/203.0.113.77?mail=maria@example.org");
    const text = await response.clone().text();
    expect(await problem(response)).toMatchObject({ status: 404, code: "not_found" });
    expect(text).not.toMatch(/203|maria/);
  });

  it("is healthy and ready, and counts requests by pattern", async () => {
    expect((await installation.app.request("/healthz")).status).toBe(200);
    expect((await installation.app.request("/readyz")).status).toBe(200);
    const metrics = await (await installation.app.request("/metrics")).text();
    expect(metrics).toContain('route="/v1/sites/:site/consents",status="201"');
    expect(metrics).not.toContain("clinic.test");
  });
});

async function databaseBytes(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.includes(".sqlite"));
  return Promise.all(names.map((name) => readFile(join(folder, name), "latin1")));
}
