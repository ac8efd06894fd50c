import { describe, expect, it } from "vitest";
import { decision } from "../load.ts";
import { at, clinic, day, granted, leaves, minute, visitor } from "./installation.ts";

const retention = async () => [{ site: "clinic", days: 400, dropYears: false }];

describe("retention", () => {
  it("erases the subject half of a record past it, and the key of who has no other record", async () => {
    const opened = await clinic({ retention });
    const { log, erasures, reader, clock, storage } = opened;
    const gone = await granted(opened);
    const back = visitor();
    const old = await log.append(decision({ secret: back.secret }));
    clock.time += 399 * day;
    await log.append(decision({ secret: back.secret, counter: 2 }, at(clock)));
    await erasures.runOnce();
    expect(await reader.history(old.subject)).toHaveLength(2);

    clock.time += 2 * day;
    await erasures.runOnce();
    expect((await reader.history(old.subject)).map(({ decision }) => decision.counter)).toEqual([
      2,
    ]);
    expect(await reader.record("clinic", old.recordId)).toMatchObject({
      subject: null,
      sealed: null,
      decision: { counter: 1 },
    });
    expect(await log.subjectOf("clinic", gone.secret)).toBeNull();
    expect(await log.subjectOf("clinic", back.secret)).toEqual(old.subject);
    await expect(log.append(decision({ secret: gone.secret, id: old.recordId }))).rejects.toThrow(
      "record_erased",
    );
    expect(
      await storage.main.read.selectFrom("erasures").select(["cause", "clean"]).execute(),
    ).toEqual([
      { cause: "retention", clean: 1 },
      { cause: "unused", clean: 1 },
    ]);
  });

  it("runs once a day, and keeps what stands under legal hold", async () => {
    const opened = await clinic({ retention });
    const { log, erasures, clock } = opened;
    const held = await granted(opened);
    const other = await granted(opened);
    const hold = await erasures.holds.set(held.name, { reason: "case", keyId: "k1" });
    await erasures.runOnce();
    clock.time += 401 * day;
    await erasures.runOnce();
    expect(await log.subjectOf("clinic", held.secret)).not.toBeNull();
    expect(await log.subjectOf("clinic", other.secret)).toBeNull();

    await erasures.holds.lift("clinic", hold!.id);
    clock.time += day - 1;
    await erasures.runOnce();
    expect(await log.subjectOf("clinic", held.secret)).not.toBeNull();
    clock.time += 1;
    await erasures.runOnce();
    expect(await log.subjectOf("clinic", held.secret)).toBeNull();
  });

  it("leaves a decision that still counts, whatever the days say", async () => {
    const opened = await clinic({ retention });
    const { log, erasures, clock } = opened;
    const { secret } = visitor();
    await log.append(decision({ secret }, { validDays: 730 }));
    clock.time += 500 * day;
    await erasures.runOnce();
    expect(await log.subjectOf("clinic", secret)).not.toBeNull();
    clock.time += 231 * day;
    await erasures.runOnce();
    expect(await log.subjectOf("clinic", secret)).toBeNull();
  });

  it("finds its way through many records of several years", async () => {
    const opened = await clinic({ retention });
    const { erasures, clock, storage } = opened;
    const start = clock.time;
    for (const days of [0, 100, 300, 500]) {
      clock.time = start + days * day;
      await Promise.all(Array.from({ length: 320 }, () => granted(opened)));
    }
    clock.time = start + 550 * day;
    await erasures.runOnce();
    const left = await storage.main.read
      .selectFrom("records")
      .innerJoin("logs", "logs.id", "records.log")
      .select(({ fn }) => ["logs.year", fn.countAll<number>().as("count")])
      .where("subject", "is not", null)
      .groupBy("logs.year")
      .orderBy("logs.year")
      .execute();
    expect(left).toEqual([{ year: 2027, count: 640 }]);
    const before = (await leaves(opened)).length;
    clock.time += minute;
    await erasures.runOnce();
    // 640 visitors are company enough for each other.
    expect(before).toBe(2 + 1280 + 640);
    expect(await leaves(opened)).toHaveLength(before);
  });
});

describe("a key that no record carries", () => {
  it("and that meets its first record before it is destroyed stays", async () => {
    const opened = await clinic();
    const { erasures, storage, clock, log } = opened;
    const { secret } = await granted(opened);
    const subject = (await log.subjectOf("clinic", secret))!;
    const row = { site: null, cause: "unused", subject, visitors: 1, requested_at: clock.now() };
    await storage.main.transaction((trx) =>
      trx
        .insertInto("erasures")
        .values({ ...row, destroyed_at: null, clean: 0, told: 0 })
        .execute(),
    );
    await erasures.runOnce();
    expect(await log.subjectOf("clinic", secret)).toEqual(subject);
    expect(await storage.main.read.selectFrom("erasures").selectAll().execute()).toEqual([]);
  });

  it("is destroyed after a day, and not while its record may be under way", async () => {
    const opened = await clinic();
    const { erasures, storage, clock } = opened;
    await storage.keys.transaction((trx) =>
      trx
        .insertInto("subject_keys")
        .values({
          map: Buffer.alloc(16, 1),
          subject: Buffer.alloc(16, 2),
          key: Buffer.alloc(32, 3),
          created_at: clock.now(),
        })
        .execute(),
    );
    const keys = () => storage.keys.read.selectFrom("subject_keys").select("subject").execute();
    await erasures.runOnce();
    expect(await keys()).toHaveLength(1);
    clock.time += day + 1;
    await erasures.runOnce();
    expect(await keys()).toEqual([]);
  });
});
