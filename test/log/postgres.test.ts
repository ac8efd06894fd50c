import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StorageOptions } from "../../gateway/storage/open.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";
import { killUnderLoad } from "./killed.ts";
import {
  addSites,
  decision,
  denied,
  gateway,
  randomId,
  start,
  statement,
  testClock,
} from "./installation.ts";
import { expectWhole } from "./whole.ts";

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const installation = async (): Promise<StorageOptions> => ({
  engine: "postgres",
  url: await server.database(),
  keysUrl: await server.database(),
});

/** Three gateways on one database. */
async function three() {
  const options = await installation();
  const gateways = await Promise.all([0, 1, 2].map(() => gateway(options)));
  await addSites(gateways[0]!.storage, "clinic", "shop");
  await gateways[0]!.log.appendConfig(statement());
  return gateways;
}

describe("several gateways on one database", () => {
  it("give every index once, without gaps", async () => {
    const gateways = await three();
    const visitors = Array.from({ length: 5 }, () => randomId());
    const inputs = Array.from({ length: 900 }, (_, i) =>
      decision(i % 3 ? {} : { secret: visitors[i % 5]!, counter: i + 1 }),
    );
    const appended = await Promise.all(
      inputs.map((input, i) => gateways[(i * 7) % 3]!.log.append(input)),
    );
    const { storage, log } = gateways[1]!;
    expect(
      await expectWhole(
        storage,
        appended.map(({ recordId, index, time }) => ({ recordId, index, time })),
      ),
    ).toBe(901);
    expect(new Set(appended.map(({ index }) => index)).size).toBe(900);
    for (const visitor of visitors) {
      const subject = await log.subjectOf("clinic", visitor);
      const newest = inputs.findLast(({ body }) => body.secret === visitor);
      const [inForce] = (await log.inForce([subject!])).values();
      expect(inForce?.recordId).toBe(newest?.body.id);
    }
  });

  it("link the records of one visitor in one chain", async () => {
    const gateways = await three();
    const secret = randomId();
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        gateways[i % 3]!.log.append(decision({ secret, counter: i + 1 })),
      ),
    );
    const { log, reader } = gateways[0]!;
    const history = await reader.history((await log.subjectOf("clinic", secret))!);
    const links = await Promise.all(
      history.map(async (record) => (await reader.open(record))?.half.previous),
    );
    expect(links).toEqual([null, ...history.slice(0, -1).map(({ recordId }) => recordId)]);
  });

  it("record what reaches all of them at once a single time", async () => {
    const gateways = await three();
    const inputs = Array.from({ length: 20 }, () => decision());
    const answers = await Promise.all(
      inputs.map((input) => Promise.all(gateways.map(({ log }) => log.append(input)))),
    );
    for (const same of answers) {
      expect(new Set(same.map(({ index }) => index)).size).toBe(1);
      expect(same.filter(({ fresh }) => fresh)).toHaveLength(1);
    }
    expect(await expectWhole(gateways[0]!.storage, [])).toBe(21);
  });

  it("let one of two bodies under one record id win", async () => {
    const gateways = await three();
    const input = decision();
    const other = decision({ ...input.body, ...denied });
    const outcomes = await Promise.allSettled([
      gateways[0]!.log.append(input),
      gateways[1]!.log.append(other),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "record_conflict" },
    });
  });

  it("log a configuration once, and open a new year once", async () => {
    const options = await installation();
    const clock = testClock(start);
    const gateways = await Promise.all([0, 1, 2].map(() => gateway(options, clock)));
    await addSites(gateways[0]!.storage, "clinic");
    const logged = await Promise.all(gateways.map(({ log }) => log.appendConfig(statement())));
    expect(new Set(logged.map(({ index }) => index))).toEqual(new Set([0]));
    clock.time = Date.UTC(2027, 0, 1);
    const appended = await Promise.all(gateways.map(({ log }) => log.append(decision())));
    expect(appended.map(({ index }) => index).toSorted()).toEqual([1, 2, 3]);
    expect(new Set(appended.map(({ origin }) => origin))).toEqual(
      new Set(["log.example/clinic/2027"]),
    );
    const logs = await gateways[0]!.storage.main.read
      .selectFrom("logs")
      .select(["origin", "next"])
      .orderBy("year")
      .execute();
    expect(logs).toEqual([
      { origin: "log.example/clinic/2026", next: 1 },
      { origin: "log.example/clinic/2027", next: 4 },
    ]);
  });

  it("lose and change nothing they acknowledged when they are killed under load", async () => {
    await killUnderLoad(await installation(), 2, [300, 300]);
  });
});
