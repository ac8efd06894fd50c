import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { LogError } from "../../gateway/log/log.ts";
import {
  addSites,
  clinic,
  decision,
  gateway,
  randomId,
  sqlite,
  start,
  startSeconds,
  statement,
  testClock,
  type Gateway,
} from "./installation.ts";

async function entries(
  { storage }: Gateway,
  log: number,
): Promise<{ idx: number; leaf: string }[]> {
  const rows = await storage.main.read
    .selectFrom("entries")
    .select(["idx", "leaf"])
    .where("log", "=", log)
    .orderBy("idx")
    .execute();
  return rows.map(({ idx, leaf }) => ({ idx, leaf: Buffer.from(leaf).toString() }));
}

describe("appending decisions", () => {
  it("answers with the place of the record, after its site's configuration", async () => {
    const gateway = await clinic();
    const input = decision();
    const appended = await gateway.log.append(input);
    expect(appended).toMatchObject({
      origin: "log.example/clinic/2026",
      index: 1,
      recordId: input.body.id,
      time: startSeconds,
      fresh: true,
    });
    expect(appended.subject).toHaveLength(16);
    const [first, second, ...rest] = await entries(gateway, appended.log);
    expect(first).toEqual({
      idx: 0,
      leaf: `{"v":1,"k":"config","t":${startSeconds},"h":"${gateway.config}"}`,
    });
    expect(second?.leaf).toMatch(
      /^\{"v":1,"k":"consent","t":\d+,"s":"[A-Za-z0-9_-]{43}","d":"[A-Za-z0-9_-]{43}"\}$/,
    );
    expect(rest).toEqual([]);
  });

  it("numbers what comes together without gaps or doubles", async () => {
    const gateway = await clinic();
    const inputs = Array.from({ length: 600 }, () => decision());
    const appended = await Promise.all(inputs.map((input) => gateway.log.append(input)));
    expect(appended.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(
      inputs.map((_, i) => i + 1),
    );
    expect(appended.map(({ recordId }) => recordId)).toEqual(inputs.map(({ body }) => body.id));
    const stored = await entries(gateway, appended[0]!.log);
    expect(stored.map(({ idx }) => idx)).toEqual(Array.from({ length: 601 }, (_, i) => i));
    const next = await gateway.storage.main.read.selectFrom("logs").select("next").execute();
    expect(next).toEqual([{ next: 601 }]);
  });

  it("keeps the logs of sites apart, also within a batch", async () => {
    const two = await gateway(await sqlite());
    await addSites(two.storage, "clinic", "shop");
    await two.log.appendConfig(statement());
    await two.log.appendConfig(statement({ site: "shop" }));
    const inputs = Array.from({ length: 40 }, (_, i) =>
      decision({}, { site: i % 4 ? "clinic" : "shop" }),
    );
    const appended = await Promise.all(inputs.map((input) => two.log.append(input)));
    const indexesOf = (site: string) =>
      appended
        .filter(({ origin }) => origin === `log.example/${site}/2026`)
        .map(({ index }) => index);
    expect(indexesOf("clinic")).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(indexesOf("shop")).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  it("gives one secret different subjects on different sites", async () => {
    const two = await gateway(await sqlite());
    await addSites(two.storage, "clinic", "shop");
    await two.log.appendConfig(statement());
    await two.log.appendConfig(statement({ site: "shop" }));
    const body = { secret: randomId() };
    const here = await two.log.append(decision(body));
    const there = await two.log.append(decision(body, { site: "shop" }));
    expect(Buffer.from(here.subject)).not.toEqual(Buffer.from(there.subject));
    expect(await two.log.subjectOf("clinic", body.secret)).toEqual(here.subject);
    expect(await two.log.subjectOf("shop", body.secret)).toEqual(there.subject);
    expect(await two.log.subjectOf("shop", randomId())).toBeNull();
  });

  it("fails a decision for a site that was never published, and no other of its batch", async () => {
    const { log } = await clinic();
    const [bad, ...good] = await Promise.allSettled([
      log.append(decision({}, { site: "unknown" })),
      log.append(decision()),
      log.append(decision()),
    ]);
    expect(bad).toMatchObject({
      status: "rejected",
      reason: { message: expect.stringContaining("published") },
    });
    expect(good.map((outcome) => outcome.status === "fulfilled" && outcome.value.index)).toEqual([
      1, 2,
    ]);
  });

  it("refuses what no longer fits into the waiting room, and records the rest", async () => {
    const { log, storage } = await clinic(testClock(), 3);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => log.append(decision())),
    );
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(5);
    for (const outcome of refused)
      expect(outcome).toMatchObject({ reason: { name: "LogError", code: "overloaded" } });
    const rows = await storage.main.read
      .selectFrom("records")
      .select("idx")
      .orderBy("idx")
      .execute();
    expect(rows).toEqual([{ idx: 1 }, { idx: 2 }, { idx: 3 }]);
  });

  it("refuses what has no room on the disk, and leaves no gap for it", async () => {
    const { storage, log } = await clinic();
    const pages = (most: number) =>
      storage.main.transaction((trx) => sql.raw(`pragma max_page_count = ${most}`).execute(trx));
    // Fewer than there are: no page can be added.
    await pages(1);
    const inputs = Array.from({ length: 600 }, () => decision());
    const outcomes = await Promise.allSettled(inputs.map((input) => log.append(input)));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    for (const outcome of refused) expect(outcome).toMatchObject({ reason: { code: "full" } });
    await pages(1_000_000);
    const appended = await Promise.all(inputs.map((input) => log.append(input)));
    expect(appended.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 600 }, (_, n) => n + 1),
    );
  });

  it("records what waits before it closes, and nothing after", async () => {
    const { log } = await clinic();
    const waiting = log.append(decision());
    await log.close();
    expect(await waiting).toMatchObject({ index: 1 });
    await expect(log.append(decision())).rejects.toEqual(new LogError("overloaded"));
  });
});

describe("time in the log", () => {
  it("never goes back, whatever the clock does", async () => {
    const clock = testClock();
    const { log } = await clinic(clock);
    const times: number[] = [];
    for (const step of [5000, -60_000, 0, 60_000, 1000]) {
      clock.time += step;
      times.push((await log.append(decision())).time - startSeconds);
    }
    expect(times).toEqual([5, 5, 5, 5, 6]);
  });

  it("opens a log of its own for every UTC year, beginning with the configuration in effect", async () => {
    const clock = testClock(Date.UTC(2026, 11, 31, 23, 59, 59, 900));
    const { log, storage, config } = await clinic(clock);
    const later = await log.appendConfig(
      statement({ revision: "r2", effective: Date.UTC(2027, 5, 1) / 1000 }),
    );
    expect(later).toMatchObject({ origin: "log.example/clinic/2026", index: 1 });
    expect(await log.append(decision())).toMatchObject({
      origin: "log.example/clinic/2026",
      index: 2,
    });
    clock.time += 200;
    const first = await log.append(decision());
    expect(first).toMatchObject({ origin: "log.example/clinic/2027", index: 1 });
    const [entry] = await entries({ storage } as Gateway, first.log);
    expect(entry?.leaf).toBe(
      `{"v":1,"k":"config","t":${Math.floor(clock.time / 1000)},"h":"${config}"}`,
    );
    clock.time -= 5000;
    expect(await log.append(decision())).toMatchObject({
      origin: "log.example/clinic/2027",
      index: 2,
    });
  });
});

describe("a record id", () => {
  it("is answered the same again, also after a restart", async () => {
    const options = await sqlite(false);
    const before = await gateway(options);
    await addSites(before.storage, "clinic");
    await before.log.appendConfig(statement());
    const input = decision();
    const first = await before.log.append(input);
    await before.log.append(decision());
    const after = await gateway(options, testClock(start + 90_000));
    for (const { log } of [before, after])
      expect(await log.append(input)).toEqual({ ...first, fresh: false, only: false });
    const rows = await after.storage.main.read.selectFrom("entries").select("idx").execute();
    expect(rows).toHaveLength(3);
  });

  it("that comes twice at once is recorded once", async () => {
    const { log, storage } = await clinic();
    const input = decision();
    const answers = await Promise.all([log.append(input), log.append(input), log.append(input)]);
    expect(answers.map(({ fresh }) => fresh)).toEqual([true, false, false]);
    expect(new Set(answers.map(({ index }) => index))).toEqual(new Set([1]));
    expect(await storage.main.read.selectFrom("record_ids").select("idx").execute()).toHaveLength(
      1,
    );
  });

  it("with another body is a conflict, at once or later", async () => {
    const { log } = await clinic();
    const input = decision();
    const other = decision({ ...input.body, control: "refuse-all" });
    const [first, second] = await Promise.allSettled([log.append(input), log.append(other)]);
    expect(first).toMatchObject({ status: "fulfilled", value: { index: 1 } });
    expect(second).toMatchObject({ status: "rejected", reason: { code: "record_conflict" } });
    await expect(log.append(other)).rejects.toEqual(new LogError("record_conflict"));
  });

  it("of another site is another record", async () => {
    const two = await gateway(await sqlite());
    await addSites(two.storage, "clinic", "shop");
    await two.log.appendConfig(statement());
    await two.log.appendConfig(statement({ site: "shop" }));
    const input = decision();
    await two.log.append(input);
    expect(await two.log.append({ ...input, site: "shop" })).toMatchObject({
      origin: "log.example/shop/2026",
      fresh: true,
    });
  });

  it("of an erased record is gone, and makes no key for its subject again", async () => {
    const { log, storage } = await clinic();
    const input = decision();
    await log.append(input);
    await storage.main.transaction(async (trx) => {
      await trx.updateTable("record_ids").set({ body_hash: null }).execute();
      await trx.updateTable("records").set({ subject: null, sealed: null }).execute();
    });
    await storage.keys.transaction((trx) => trx.deleteFrom("subject_keys").execute());
    await expect(log.append(input)).rejects.toEqual(new LogError("record_erased"));
    expect(await storage.keys.read.selectFrom("subject_keys").select("subject").execute()).toEqual(
      [],
    );
    expect(await log.subjectOf("clinic", input.body.secret)).toBeNull();
  });
});

describe("logging a configuration", () => {
  it("logs each statement once, with the hash of its exact bytes", async () => {
    const { log, storage, config } = await clinic();
    const again = await log.appendConfig(statement());
    expect(again).toMatchObject({ hash: config, index: 0, origin: "log.example/clinic/2026" });
    const changed = await log.appendConfig(statement({ revision: "another" }));
    expect(changed).toMatchObject({ index: 1 });
    const rows = await storage.main.read.selectFrom("configs").selectAll().orderBy("idx").execute();
    expect(rows.map(({ hash, idx }) => [hash, idx])).toEqual([
      [config, 0],
      [changed.hash, 1],
    ]);
    expect(JSON.parse(Buffer.from(rows[1]!.statement).toString())).toEqual(
      statement({ revision: "another" }),
    );
    expect(rows[0]).toMatchObject({ site: "clinic", effective_at: startSeconds * 1000 });
  });

  it("logs it once when asked twice at once", async () => {
    const { log, storage } = await clinic();
    const changed = statement({ revision: "another" });
    const [one, two] = await Promise.all([log.appendConfig(changed), log.appendConfig(changed)]);
    expect(one).toEqual(two);
    expect(await storage.main.read.selectFrom("entries").select("idx").execute()).toHaveLength(2);
  });
});
