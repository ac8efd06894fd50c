/** A choice on its way between a site's domains, as their pages ask for it. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { postFromPage } from "../../gateway/decisions.ts";
import { openInstallation, type Installation } from "../../gateway/installation.ts";
import { demoWith } from "../../sites/demo-with.ts";

const one = "https://www.clinic-eu.test";
const other = "https://rodnik.example";
const third = "https://shop.clinic-eu.test";
const base = "/v1/sites/clinic-eu/handovers";
let time = Date.UTC(2026, 5, 1, 12);
let installation: Installation;
let revision: string;

beforeAll(async () => {
  installation = await openInstallation({ clock: { now: () => time } });
  const files = await demoWith("clinic-eu", (site) => {
    Object.assign(site, { origins: [one, other, third], share: { origins: [one, other] } });
  });
  await installation.gateway.sites.publish(files);
  revision = (await installation.gateway.sites.effective("clinic-eu"))!.revision;
});
afterAll(() => installation.close());

const choiceNow = () => ({ revision, time: time / 1000 - 60, granted: ["analytics", "ga4"] });

async function post(path: string, from: string, body: unknown) {
  const answer = await postFromPage(installation, path, body, { Origin: from });
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
}
const issue = async (change: object = {}, choice: object = {}, from = one) =>
  post(base, from, { v: 1, to: other, choice: { ...choiceNow(), ...choice }, ...change });
const redeem = (code: string, from = other) => post(`${base}/redeem`, from, { v: 1, code });

it("is redeemed once, on the page it was made for", async () => {
  const { status, body } = await issue();
  expect(status).toBe(201);
  const code = String(body["code"]);
  expect((await redeem(code, one)).status).toBe(404);
  expect((await redeem(code, third)).status).toBe(404);
  expect(await redeem(code)).toEqual({ status: 200, body: { choice: choiceNow() } });
  expect((await redeem(code)).status).toBe(404);
  expect(installation.logged.join()).not.toContain(code);
});

it("counts for two minutes", async () => {
  const code = String((await issue()).body["code"]);
  time += 120_000;
  expect((await redeem(code)).status).toBe(404);
});

it("is refused between origins that do not share, and on sites that share nothing", async () => {
  for (const [from, to] of [
    [one, third],
    [third, other],
    [one, one],
    [one, "https://evil.example"],
  ] as const)
    expect(await issue({ to }, {}, from)).toMatchObject({
      status: 403,
      body: { error: { code: "origin_refused" } },
    });
  expect((await issue({}, {}, "https://evil.example")).status).toBe(403);
  const clinic = await post("/v1/sites/clinic/handovers", "https://www.clinic.test", {
    v: 1,
    to: "https://clinic.test",
    choice: choiceNow(),
  });
  expect(clinic.status).toBe(403);
  const code = String((await issue()).body["code"]);
  const there = await post("/v1/sites/clinic/handovers/redeem", "https://www.clinic.test", {
    v: 1,
    code,
  });
  expect(there.status).toBe(404);
});

it("takes a choice of the texts in effect alone, and nothing that says whose it is", async () => {
  expect(await issue({}, { revision: "otherone" })).toMatchObject({
    status: 409,
    body: { error: { code: "config_unknown" } },
  });
  expect((await issue({}, { granted: ["analytics", "nobody-s"] })).status).toBe(400);
  expect((await issue({}, { granted: ["necessary"] })).status).toBe(400);
  expect((await issue({ secret: "q3Zk0b7yQmVn8r5tXwJc2A" })).status).toBe(400);
  expect((await issue({}, { secret: "q3Zk0b7yQmVn8r5tXwJc2A" })).status).toBe(400);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      expect((await post(base, one, JSON.stringify(value))).status).toBe(400);
      expect((await post(`${base}/redeem`, other, JSON.stringify(value))).status).toBe(400);
    }),
    { numRuns: 30 },
  );
});

it("is asked for within the visitor's budget", async () => {
  const few = await openInstallation({ sites: ["clinic-eu"], budget: { addressPerMinute: 2 } });
  const ask = async () =>
    (
      await postFromPage(
        few,
        `${base}/redeem`,
        { v: 1, code: "q3Zk0b7yQmVn8r5tXwJc2A" },
        { Origin: one },
      )
    ).status;
  expect([await ask(), await ask(), await ask()]).toEqual([404, 404, 429]);
  await few.close();
});
