/** High-water marks in a PostgreSQL database that gateways share. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { beginEpoch } from "../../../gateway/log/ends/epoch.ts";
import type { Mark } from "../../../gateway/log/guard/high-water.ts";
import { sharedMarks } from "../../../gateway/log/guard/shared-marks.ts";
import { openMarkStore } from "../../../gateway/storage/open.ts";
import { decide, grant } from "../../gateway/decisions.ts";
import { openInstallation } from "../../gateway/installation.ts";
import { testClock } from "../installation.ts";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function open(url: string) {
  const store = await openMarkStore(url);
  onTestFinished(() => store.close());
  return sharedMarks(store);
}

const mark = (size: number, root = `root ${size}`): Mark => ({
  origin: "log.example/2026",
  size,
  root,
  checkpoint: size === 0 ? null : `note ${size}`,
});

it("never go back, however late one is written, and whoever else writes", async () => {
  const url = await postgres.database();
  const [one, other] = await Promise.all([open(url), open(url)]);
  expect(await one.read(mark(0).origin)).toBeNull();
  expect(await one.write(mark(0))).toEqual(mark(0));
  await Promise.all(
    Array.from({ length: 40 }, (_, size) => (size % 2 ? one : other).write(mark(40 - size))),
  );
  expect(await one.read(mark(0).origin)).toEqual(mark(40));
  // Whoever comes too late, or with another history of the same size, is told which one stands.
  expect(await other.write(mark(7))).toEqual(mark(40));
  expect(await other.write(mark(40, "another root"))).toEqual(mark(40));
});

it("are an error where their database is out of reach, and never an absence", async () => {
  const store = await openMarkStore(await postgres.database());
  await store.close();
  const marks = sharedMarks(store);
  await expect(marks.read(mark(1).origin)).rejects.toThrow();
  await expect(marks.write(mark(1))).rejects.toThrow();
});

it("keep replicas from signing an old copy of their database, which an epoch continues", async () => {
  const [marks, before, after] = [
    await postgres.database(),
    ...(await Promise.all([twoDatabases(), twoDatabases()])),
  ] as const;
  const secret = randomBytes(32).toString("base64url");
  const signing = await openInstallation({ replica: { ...before, secret, marks } });
  const config = (await signing.gateway.sites.effective("clinic"))!.hash;
  await decide(signing, grant(config));
  await signing.gateway.integrator.integrate();
  await signing.close();
  // The database is lost, and an empty one takes its place.
  const clock = testClock(Date.now());
  const restored = await openInstallation({ clock, replica: { ...after, secret, marks } });
  onTestFinished(() => restored.close());
  // Until it is to be signed, nobody looks at its mark.
  const again = (await restored.gateway.sites.effective("clinic"))!.hash;
  const early = await decide(restored, grant(again));
  await restored.gateway.indexer.index();
  await restored.gateway.integrator.integrate();
  await expect(decide(restored, grant(again))).rejects.toThrow("503");
  expect(restored.logged.join()).toContain("rolled_back");

  const { log: origin } = early.record;
  const epoch = await beginEpoch(restored.gateway, { origin, reason, elsewhere: null });
  expect(epoch).toMatchObject({ previous: { origin, size: 2 }, kept: 0, moved: 2 });
  await restored.gateway.integrator.integrate();
  await restored.gateway.indexer.index();
  // A gateway remembers for a second which log it writes to.
  clock.time += 1000;
  const late = await decide(restored, grant(again));
  expect(late.record).toMatchObject({ log: `${origin}/e2`, index: 4 });
  await restored.gateway.integrator.integrate();
  for (const { id } of [early.record, late.record])
    expect((await restored.app.request(`/v1/sites/clinic/receipts/${id}`)).status).toBe(200);
  await restored.gateway.indexer.index();
  expect(
    await restored.gateway.storage.main.read
      .selectFrom("record_index")
      .innerJoin("logs", "logs.id", "record_index.log")
      .select(["logs.origin", "record_index.idx"])
      .orderBy("record_index.idx")
      .execute(),
  ).toEqual([3, 4].map((idx) => ({ origin: `${origin}/e2`, idx })));
});

const reason = "the database server was lost with its backups";

async function twoDatabases() {
  return { url: await postgres.database(), keysUrl: await postgres.database() };
}
