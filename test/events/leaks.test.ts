/**
 * Nothing that identifies gets through: a person of whom every identity is known goes every way in, with
 * every header that could give them away, past a vendor that fails and a gateway that is killed. Then
 * everything that is left is searched.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { balanceAnswer } from "../../gateway/contract/staff/events.ts";
import { grant, newId } from "../gateway/decisions.ts";
import { disguises, identities } from "../privacy/identities.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";
import { formsOf, found } from "./haystack.ts";
import { openWorld, origin, planted, type World } from "./leaks.ts";

describe("the search itself", () => {
  it.each(Object.keys(identities))("would find %s in any form", (name) => {
    const identity = identities[name as keyof typeof identities];
    for (const disguise of [
      "none",
      "percent",
      "percentAll",
      "base64",
      "base64url",
      "hexadecimal",
    ]) {
      const bytes = Buffer.from(`ab ${disguises[disguise]!(identity)} cd`);
      expect(found(bytes), disguise).not.toEqual([]);
      expect(found(Buffer.from(bytes.toString().toUpperCase())), disguise).not.toEqual([]);
    }
    for (const before of ["", "x", "xy"]) {
      const glued = Buffer.from(`${before}${identity}zzz`).toString("base64");
      expect(formsOf(identity).some((form) => glued.toLowerCase().includes(form))).toBe(true);
    }
  });

  it("finds nothing where there is nothing", () => {
    expect(found(Buffer.from(`{"name":"page_view","page":"${origin}/eu"}`))).toEqual([]);
  });
});

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const staff = async (world: World, path: string, body?: unknown) => {
  const response = await fetch(`${world.url}/v1/staff/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: `Bearer ${world.ownerKey}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.ok, path).toBe(true);
  return response.text();
};

/** Sends one identity every way in. */
async function visit(world: World, token: string, backend: string, identity: string) {
  const events = planted(identity);
  const batch = { v: 1, token, language: identity.slice(0, 35), width: 1283, events: events.page };
  const answers = await Promise.all([
    world.post("/v1/sites/clinic-eu/events", batch),
    world.post(`/t/clinic-eu/g/collect?${events.tag(token)}`, ""),
    world.post(`/t/clinic-eu/g/collect?${events.tag(token)}`, events.tagLines),
    world.post("/t/clinic-eu/g/collect", events.tag(token)),
    world.post(
      "/v1/sites/clinic-eu/server-events",
      { v: 1, events: events.server(newId(), token) },
      { Authorization: `Bearer ${backend}`, "Content-Type": "application/json" },
    ),
    // What is refused must not be kept either.
    world.post("/v1/sites/clinic-eu/events", { ...batch, token: identity }),
    world.post("/v1/sites/clinic-eu/events", `{"${identity}":`),
    world.post(`/v1/sites/clinic-eu/events?${encodeURIComponent(identity)}`, { [identity]: 1 }),
    world.post(`/nowhere/${encodeURIComponent(identity)}`, identity),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([
    200, 204, 204, 204, 200, 200, 400, 400, 404,
  ]);
  return Promise.all(answers.map((answer) => answer.text()));
}

async function walk(world: World, stored: () => Promise<Buffer>): Promise<void> {
  const tag = await (await fetch(`${world.url}/s/clinic-eu.js`)).text();
  const decision = grant(/"config":"([\w-]{43})"/.exec(tag)![1]!, {
    purposes: { analytics: "granted", marketing: "granted", media: "granted" },
    services: Object.fromEntries(
      ["ga4", "metrika", "ga4-clean", "metrika-clean"].map((id) => [id, "granted"]),
    ),
    page: `/eu/services/${encodeURIComponent(identities.email)}`,
  });
  const answer = await world.post("/v1/sites/clinic-eu/consents", decision);
  expect(answer.status, await answer.clone().text()).toBe(201);
  const { token } = (await answer.json()) as { token: string };
  const made = JSON.parse(
    await staff(world, "keys", { label: "shop", role: "backend", site: "clinic-eu", days: 1 }),
  ) as { key: string };

  const everyone = Object.values(identities);
  const half = Math.ceil(everyone.length / 2);
  const answers: string[] = [];
  const send = async (part: string[]) => {
    for (const identity of part) answers.push(...(await visit(world, token, made.key, identity)));
  };
  // A vendor that is away, and a gateway killed with its queue full.
  world.vendor.answerStatus(503);
  await send(everyone.slice(0, half));
  await world.end("SIGKILL");
  const killed = await stored();
  expect(killed.includes("kept_goal"), "events wait in what is stored").toBe(true);
  expect(found(killed)).toEqual([]);

  await world.start();
  world.vendor.reset();
  await send(everyone.slice(half, half + 2));
  world.vendor.answerStatus(400);
  await send(everyone.slice(half + 2));
  world.vendor.answerStatus(204);
  // Whatever has been sent, refused or given up by now: requests of every kind have left.
  await vi.waitFor(
    () => {
      const paths = new Set(world.vendor.received.map(({ path }) => path));
      expect(paths).toEqual(new Set(["/g/collect", "/mp/collect", "/collect"]));
    },
    { timeout: 20_000, interval: 100 },
  );
  const shown = [
    await (await fetch(`${world.url}/metrics`)).text(),
    await staff(world, "dead-letters?site=clinic-eu&limit=100"),
    await staff(world, "events/balance?site=clinic-eu&from=2000-01-01&to=2099-12-31"),
    await staff(world, "events/deliveries?site=clinic-eu"),
    await staff(world, "records?site=clinic-eu"),
  ];
  const { addsUp, days } = balanceAnswer.parse(JSON.parse(shown[2]!));
  expect(addsUp).toBe(true);
  // Of every way in one event of each visit was about an excluded page.
  const excluded = days.reduce((sum, day) => sum + (day.refused.excluded_page ?? 0), 0);
  expect(excluded).toBe(3 * everyone.length);
  await world.end("SIGTERM");

  const sent = world.sent();
  expect(sent.includes("utm_source=mail"), "balanced keeps campaigns").toBe(true);
  expect(found(sent)).toEqual([]);
  expect(found(await stored())).toEqual([]);
  expect(found(Buffer.from(shown.join("\n")))).toEqual([]);
  expect(found(Buffer.from(answers.join("\n")))).toEqual([]);
  expect(world.printed().length).toBeGreaterThan(0);
  expect(found(world.printed())).toEqual([]);
}

describe("a known person", () => {
  it("leaves no trace in files, requests, answers, metrics and output, on SQLite", async () => {
    const world = await openWorld();
    try {
      await walk(world, world.files);
    } finally {
      await world.close();
    }
  }, 60_000);

  it("leaves no trace in rows, requests, answers, metrics and output, on PostgreSQL", async () => {
    const urls = [await postgres.database(), await postgres.database()];
    const world = await openWorld({
      SOGLAS_DATABASE_URL: urls[0]!,
      SOGLAS_KEYS_URL: urls[1]!,
    });
    const rows = async () =>
      Buffer.concat([await world.files(), ...(await Promise.all(urls.map(dump)))]);
    try {
      await walk(world, rows);
    } finally {
      await world.close();
    }
  }, 60_000);
});

/** Every value of every row of a database, binary ones as their bytes. */
async function dump(url: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const parts: Buffer[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<unknown[]>({
        text: `select * from "${name}"`,
        rowMode: "array",
      });
      for (const value of rows.flat())
        parts.push(Buffer.isBuffer(value) ? value : Buffer.from(`${String(value)}\n`));
    }
    return Buffer.concat(parts);
  } finally {
    await client.end();
  }
}
