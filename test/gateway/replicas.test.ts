/** Two whole gateways on one PostgreSQL: what one accepts the other honours. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type Postgres } from "../storage/postgres.ts";
import { decide, grant, postFromPage, withdrawalOf } from "./decisions.ts";
import { openInstallation, type Installation } from "./installation.ts";

let postgres: Postgres;
let first: Installation;
let second: Installation;
let config: string;
beforeAll(async () => {
  postgres = await startPostgres();
  const replica = {
    url: await postgres.database(),
    keysUrl: await postgres.database(),
    secret: randomBytes(32).toString("base64url"),
  };
  [first, second] = await Promise.all([
    openInstallation({ replica }),
    openInstallation({ replica }),
  ]);
  config = (await first.gateway.sites.effective("clinic"))!.hash;
});
afterAll(async () => {
  await Promise.all([first?.close(), second?.close()]);
  await postgres.stop();
});

it("agree on the configuration although both published at once", async () => {
  expect((await second.gateway.sites.effective("clinic"))!.hash).toBe(config);
});

it("answer a repetition sent to the other one with the first answer", async () => {
  const body = grant(config);
  const [one, other] = await Promise.all([decide(first, body), decide(second, body)]);
  expect(other.record).toEqual(one.record);
});

it("give out one contiguous log", async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, turn) => decide(turn % 2 ? first : second, grant(config))),
  );
  const indexes = answers.map(({ record }) => record.index).toSorted((a, b) => a - b);
  expect(indexes).toEqual(indexes.map((_, place) => indexes[0]! + place));
});

it("drop at the exit of one what was withdrawn at the other", async () => {
  const body = grant(config);
  const { token } = await decide(first, body);
  const events = {
    v: 1,
    token,
    events: [{ name: "page_view", age: 0, url: "https://www.clinic.test/contacts" }],
  };
  const accepted = await postFromPage(first, "/v1/sites/clinic/events", events);
  expect(await accepted.json()).toEqual({ accepted: 1, refused: {} });
  await decide(second, withdrawalOf(body));
  expect(await first.gateway.forwarder.runOnce()).toBe(1);
  const counts = await second.gateway.storage.main.read
    .selectFrom("event_counts")
    .select(["outcome", "count"])
    .where("service", "=", "metrika-clean")
    .execute();
  expect(counts).toContainEqual({ outcome: "dropped_at_exit", count: 1 });
  expect(counts.some(({ outcome }) => outcome === "delivered")).toBe(false);
});
