import { describe, expect, it } from "vitest";
import { LegalHoldError } from "../../../gateway/log/erasure/erasures.ts";
import { LogError } from "../../../gateway/log/log.ts";
import { decision, denied, randomId } from "../load.ts";
import {
  clinic,
  day,
  erasuresOf,
  granted,
  leaves,
  minute,
  queueEvent,
  visitor,
  type Clinic,
} from "./installation.ts";

const rows = ({ storage }: Clinic) =>
  storage.main.read
    .selectFrom("records")
    .innerJoin("record_ids", (join) =>
      join.onRef("record_ids.log", "=", "records.log").onRef("record_ids.idx", "=", "records.idx"),
    )
    .select(["records.idx", "subject", "sealed", "body_hash"])
    .orderBy("records.idx")
    .execute();

const queued = (clinic: Clinic, subject: Uint8Array, state: string) =>
  queueEvent(clinic, subject, { state });

describe("erasing a visitor", () => {
  it("logs a withdrawal first, then leaves nothing that leads to them", async () => {
    const opened = await clinic();
    const { erasures, log, reader, clock, storage } = opened;
    const other = await granted(opened);
    const { secret, name } = visitor();
    const first = await log.append(decision({ secret, counter: 3 }));
    const before = await leaves(opened);
    clock.time += minute;

    expect(await erasures.erase(name, "visitor")).toEqual({ residue: "gone" });

    const [withdrawal] = await reader.latest("clinic", { limit: 1 });
    expect(withdrawal).toMatchObject({
      index: 3,
      subject: null,
      sealed: null,
      decision: {
        counter: 4,
        action: "withdraw",
        place: "api",
        control: "withdraw",
        browser: "Soglas",
        offered: [],
        purposes: { analytics: "denied", necessary: "denied" },
        services: { ga4: "denied", metrika: "denied" },
        until: Math.floor(clock.now() / 1000) + 180 * 86_400,
      },
    });
    expect(await log.subjectOf("clinic", secret)).toBeNull();
    expect(await reader.subjectOfConsentId("clinic", name.consentId)).toBeNull();
    expect(await log.inForce([first.subject])).toEqual(new Map());
    expect(await reader.history(first.subject)).toEqual([]);
    expect((await leaves(opened)).slice(0, 3)).toEqual(before);
    expect(await rows(opened)).toEqual([
      {
        idx: 1,
        subject: expect.anything(),
        sealed: expect.anything(),
        body_hash: expect.anything(),
      },
      { idx: 2, subject: null, sealed: null, body_hash: null },
      { idx: 3, subject: null, sealed: null, body_hash: null },
    ]);
    const stays = await log.subjectOf("clinic", other.secret);
    const [record] = await reader.history(stays!);
    expect((await reader.open(record!))?.half.consentId).toBe(other.name.consentId);
    expect(await storage.keys.read.selectFrom("subject_keys").select("subject").execute()).toEqual([
      { subject: stays },
    ]);
  });

  it("logs no withdrawal where nothing is granted, or nothing counts any more", async () => {
    const opened = await clinic();
    const { erasures, log, clock } = opened;
    const refused = visitor();
    await log.append(decision({ secret: refused.secret, ...denied, purposes: {} }));
    const lapsed = await granted(opened);
    clock.time += 366 * day;
    const before = (await leaves(opened)).length;
    await erasures.erase(refused.name, "visitor");
    await erasures.erase(lapsed.name, "request");
    expect(await leaves(opened)).toHaveLength(before);
  });

  it("purges queued events and dead letters of this visitor, and counts what was queued", async () => {
    const opened = await clinic();
    const { erasures, log, storage } = opened;
    const here = await granted(opened);
    const there = await granted(opened);
    const gone = (await log.subjectOf("clinic", here.secret))!;
    const stays = (await log.subjectOf("clinic", there.secret))!;
    await queued(opened, gone, "queued");
    await queued(opened, gone, "queued");
    await queued(opened, gone, "dead");
    await queued(opened, stays, "queued");
    await erasures.erase(here.name, "visitor");
    expect(await storage.main.read.selectFrom("outbox").select("subject").execute()).toEqual([
      { subject: stays },
    ]);
    expect(
      await storage.main.read.selectFrom("event_counts").select(["outcome", "count"]).execute(),
    ).toEqual([{ outcome: "dropped_at_exit", count: 2 }]);
  });

  it("is unknown the second time, and for a consent id nobody has", async () => {
    const opened = await clinic();
    const { name } = await granted(opened);
    expect(await opened.erasures.erase(name, "visitor")).not.toBeNull();
    expect(await opened.erasures.erase(name, "visitor")).toBeNull();
    expect(await opened.erasures.erase(visitor().name, "visitor")).toBeNull();
  });

  it("asked for twice at once happens once", async () => {
    const opened = await clinic();
    const { name } = await granted(opened);
    const answers = await Promise.all([
      opened.erasures.erase(name, "visitor"),
      opened.erasures.erase(name, "request"),
    ]);
    expect(answers).toContainEqual({ residue: "gone" });
    expect(await leaves(opened)).toHaveLength(3);
    expect(
      await opened.storage.main.read.selectFrom("erasures").select("cause").execute(),
    ).toHaveLength(1);
  });

  it("is done also where a sweep has found the key before its first record", async () => {
    const opened = await clinic();
    const { log, erasures, storage, clock } = opened;
    const { name, secret } = await granted(opened);
    const subject = (await log.subjectOf("clinic", secret))!;
    const row = { site: null, cause: "unused", subject, visitors: 1, requested_at: clock.now() };
    await storage.main.transaction((trx) =>
      trx
        .insertInto("erasures")
        .values({ ...row, destroyed_at: null, clean: 0, told: 0 })
        .execute(),
    );
    expect(await erasures.erase(name, "visitor")).toEqual({ residue: "gone" });
    expect(await log.subjectOf("clinic", secret)).toBeNull();
    expect(
      await storage.main.read.selectFrom("erasures").select(["site", "cause"]).execute(),
    ).toEqual([{ site: "clinic", cause: "visitor" }]);
  });

  it("answers the erased record's body 410, and takes the same visitor's next decision anew", async () => {
    const opened = await clinic();
    const { log, erasures } = opened;
    const { secret, name } = visitor();
    const input = decision({ secret });
    const { subject } = await log.append(input);
    await erasures.erase(name, "visitor");
    await expect(log.append(input)).rejects.toEqual(new LogError("record_erased"));
    const anew = await log.append(decision({ secret, id: randomId() }));
    expect(Buffer.from(anew.subject)).not.toEqual(Buffer.from(subject));
  });
});

describe("an interrupted erasure", () => {
  it("is finished at the next start, wherever it stopped", async () => {
    for (const stop of ["before the records", "before the key"]) {
      const opened = await clinic();
      const { storage, clock, log } = opened;
      const { name, secret } = await granted(opened);
      const failing = {
        ...storage,
        keys: {
          ...storage.keys,
          transaction: () => Promise.reject(new Error("the key store is away")),
        },
      };
      const broken = erasuresOf(
        { storage: stop === "before the key" ? failing : storage },
        clock,
        stop === "before the key"
          ? {}
          : { purgeEvents: () => Promise.reject(new Error("the database is away")) },
      );
      await expect(broken.erasures.erase(name, "visitor")).rejects.toThrow("away");
      expect(await log.subjectOf("clinic", secret)).not.toBeNull();

      const { erasures, logged } = erasuresOf(opened, clock);
      await erasures.runOnce();
      expect(logged).toEqual([]);
      expect(await log.subjectOf("clinic", secret)).toBeNull();
      expect(await leaves(opened)).toHaveLength(3);
      expect(
        await storage.main.read.selectFrom("erasures").select(["clean", "told"]).execute(),
      ).toEqual([{ clean: 1, told: 0 }]);
    }
  });

  it("takes along what an append under way has left", async () => {
    const opened = await clinic();
    const { log, erasures, storage, clock, reader } = opened;
    const { name, secret } = await granted(opened);
    const subject = (await log.subjectOf("clinic", secret))!;
    const [known] = await storage.keys.read.selectFrom("subject_keys").selectAll().execute();
    await erasures.erase(name, "visitor");
    // As an append that had looked up key and erasure before the one was destroyed, and commits after.
    const asIf = (destroyed_at: number | null) =>
      storage.main.transaction((trx) =>
        trx.updateTable("erasures").set({ destroyed_at }).execute(),
      );
    await storage.keys.transaction((trx) =>
      trx.insertInto("subject_keys").values(known!).execute(),
    );
    await asIf(null);
    const late = decision({ secret });
    await log.append(late);
    await asIf(clock.time);
    await storage.keys.transaction((trx) => trx.deleteFrom("subject_keys").execute());
    await queued(opened, subject, "queued");
    expect(await reader.history(subject)).toHaveLength(1);

    clock.time += 9 * minute;
    await erasures.runOnce();
    expect(await reader.history(subject)).toHaveLength(1);
    clock.time += minute;
    await erasures.runOnce();
    expect(await reader.history(subject)).toEqual([]);
    expect((await rows(opened)).map(({ sealed }) => sealed)).toEqual([null, null, null]);
    expect(await storage.main.read.selectFrom("outbox").selectAll().execute()).toEqual([]);
    await expect(log.append(late)).rejects.toEqual(new LogError("record_erased"));
    expect(
      await storage.main.read.selectFrom("erasures").select(["subject", "clean"]).execute(),
    ).toEqual([{ subject: null, clean: 1 }]);
  });

  it("is not outrun by an append that had the key before it was destroyed", async () => {
    const opened = await clinic();
    const { log, erasures, storage, reader } = opened;
    const { name, secret } = await granted(opened);
    const other = await granted(opened);
    const subject = (await log.subjectOf("clinic", secret))!;
    const [known] = await storage.keys.read
      .selectFrom("subject_keys")
      .selectAll()
      .where("subject", "=", subject)
      .execute();
    await erasures.erase(name, "visitor");
    await storage.keys.transaction((trx) =>
      trx.insertInto("subject_keys").values(known!).execute(),
    );
    const refused = log.append(decision({ secret }));
    // In the same batch.
    const neighbour = log.append(decision({ secret: other.secret, counter: 2 }));
    await expect(refused).rejects.toEqual(new LogError("record_erased"));
    // Entry 3 is the withdrawal.
    expect(await neighbour).toMatchObject({ index: 4, fresh: true });
    expect(await reader.history(subject)).toEqual([]);
  });

  it("of one visitor keeps nobody else's from going on", async () => {
    const opened = await clinic();
    const { storage, clock, log } = opened;
    const [bad, good] = [await granted(opened), await granted(opened)];
    const stuck = (await log.subjectOf("clinic", bad.secret))!;
    const purgeEvents = async (_: unknown, subject: Uint8Array) => {
      if (Buffer.compare(subject, stuck) === 0) throw new Error("row 4711 of Ivan is damaged");
    };
    const broken = erasuresOf({ storage }, clock, { purgeEvents });
    await expect(broken.erasures.erase(bad.name, "visitor")).rejects.toThrow();
    await storage.main.transaction((trx) =>
      trx.updateTable("erasures").set({ destroyed_at: null }).execute(),
    );
    await broken.erasures.erase(good.name, "visitor");
    await broken.erasures.runOnce();
    expect(await log.subjectOf("clinic", good.secret)).toBeNull();
    expect(broken.logged.join()).toContain("an erasure is tried again");
    expect(broken.logged.join()).not.toContain("4711");
  });
});

describe("a log that must not grow", () => {
  it("lets nothing be destroyed whose withdrawal it could not take, and tells nothing", async () => {
    let growing = false;
    const refusal = () => (growing ? null : "read_only");
    const opened = await clinic({ backlog: { refusal } });
    const { erasures, log, storage, clock } = opened;
    const { name, secret } = await granted(opened);
    await expect(erasures.erase(name, "visitor")).rejects.toEqual(new LogError("read_only"));
    expect(await storage.main.read.selectFrom("erasures").selectAll().execute()).toEqual([]);
    growing = true;
    await erasures.erase(name, "visitor");
    growing = false;
    clock.time += 15 * day;
    await erasures.runOnce();
    expect(await leaves(opened)).toHaveLength(3);
    growing = true;
    await erasures.runOnce();
    expect(await leaves(opened)).toHaveLength(5);
    expect(await log.subjectOf("clinic", secret)).toBeNull();
  });
});

describe("a legal hold", () => {
  it("forbids the erasure until it is lifted", async () => {
    const opened = await clinic();
    const { erasures, log } = opened;
    const { name, secret } = await granted(opened);
    const hold = await erasures.holds.set(name, { reason: "case 12/2026", keyId: "k1" });
    expect(await erasures.holds.set(name, { reason: "again", keyId: "k2" })).toEqual(hold);
    expect(await erasures.holds.list("clinic")).toEqual([hold]);
    await expect(erasures.erase(name, "visitor")).rejects.toThrow(LegalHoldError);
    expect(await log.subjectOf("clinic", secret)).not.toBeNull();
    expect(await leaves(opened)).toHaveLength(2);
    expect(await erasures.holds.lift("shop", hold!.id)).toBe(false);
    expect(await erasures.holds.lift("clinic", hold!.id)).toBe(true);
    expect(await erasures.holds.lift("clinic", hold!.id)).toBe(false);
    expect(await erasures.erase(name, "visitor")).toEqual({ residue: "gone" });
    expect(await erasures.holds.set(name, { reason: "too late", keyId: "k1" })).toBeNull();
  });

  it("set on one visitor lets others go", async () => {
    const opened = await clinic();
    const held = await granted(opened);
    const free = await granted(opened);
    await opened.erasures.holds.set(held.name, { reason: "case", keyId: "k1" });
    expect(await opened.erasures.erase(free.name, "visitor")).toEqual({ residue: "gone" });
  });
});
