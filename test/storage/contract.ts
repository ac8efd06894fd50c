/** What every engine guarantees (gateway/storage/storage.ts), as one set of tests that both are held to. */
import fc from "fast-check";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { StorageError, type Storage } from "../../gateway/storage/storage.ts";
import { keepBlobs } from "./procedures.ts";

/** One empty installation: opened as often as asked, by as many gateways as asked. */
export interface Fixture {
  open(): Promise<Storage>;
  remove(): Promise<void>;
}

/** @param make makes an empty installation. */
export function storageContract(name: string, make: () => Promise<Fixture>): void {
  describe(`storage on ${name}`, () => {
    const opened: Storage[] = [];
    const made: Fixture[] = [];
    afterEach(async () => {
      for (const storage of opened.splice(0)) await storage.close();
      for (const fixture of made.splice(0)) await fixture.remove();
    });
    const fresh = async () => {
      const fixture = await make();
      made.push(fixture);
      return fixture;
    };
    const keep = async (opening: Promise<Storage>) => {
      const storage = await opening;
      opened.push(storage);
      return storage;
    };
    const open = async () => keep((await fresh()).open());

    it("finds what it committed after it was closed", async () => {
      const fixture = await fresh();
      const first = await fixture.open();
      await insertBlob(first, "a", Uint8Array.of(1, 2, 3));
      await first.keys.transaction((trx) =>
        trx.insertInto("subject_keys").values(subjectKey(1)).execute(),
      );
      await first.close();
      const second = await keep(fixture.open());
      expect(await blobs(second)).toEqual([["a", "010203"]]);
      expect(
        await second.keys.read.selectFrom("subject_keys").select("created_at").execute(),
      ).toEqual([{ created_at: 1 }]);
    });

    it("scrubs when nobody is in the way, and goes on afterwards", async () => {
      const storage = await open();
      await insertBlob(storage, "a", Uint8Array.of(1));
      expect(await storage.main.scrub()).toBe(true);
      expect(await storage.keys.scrub()).toBe(true);
      await insertBlob(storage, "b", Uint8Array.of(2));
      expect((await blobs(storage)).map(([name]) => name)).toEqual(["a", "b"]);
    });

    it("runs a procedure as one transaction, and gives back what it returns", async () => {
      const storage = await open();
      const answer = await storage.main.call(keepBlobs, { hashes: ["a", "b"], fail: false });
      expect(answer).toEqual({ hashes: ["a", "b"], total: 2 });
      expect((await blobs(storage)).map(([hash]) => hash)).toEqual(["a", "b"]);
    });

    it("keeps nothing of a procedure that throws, or meets a row that is there", async () => {
      const storage = await open();
      await insertBlob(storage, "a", Uint8Array.of(1));
      await expect(storage.main.call(keepBlobs, { hashes: ["b"], fail: true })).rejects.toThrow(
        "changed my mind",
      );
      await expect(
        storage.main.call(keepBlobs, { hashes: ["b", "a"], fail: false }),
      ).rejects.toMatchObject({ code: "conflict" });
      expect((await blobs(storage)).map(([hash]) => hash)).toEqual(["a"]);
    });

    it("never lets a procedure into a transaction that is under way", async () => {
      const storage = await open();
      const entered = Promise.withResolvers<void>();
      const leave = Promise.withResolvers<void>();
      const work = storage.main.transaction(async (trx) => {
        await trx
          .insertInto("blobs")
          .values({ hash: "a", bytes: Buffer.from("a") })
          .execute();
        entered.resolve();
        await leave.promise;
        throw new Error("changed my mind");
      });
      await entered.promise;
      const call = storage.main.call(keepBlobs, { hashes: ["b"], fail: false });
      leave.resolve();
      await expect(work).rejects.toThrow("changed my mind");
      expect(await call).toEqual({ hashes: ["b"], total: 1 });
      expect((await blobs(storage)).map(([hash]) => hash)).toEqual(["b"]);
    });

    it("keeps nothing of a transaction that throws, and throws what it threw", async () => {
      const storage = await open();
      const reason = new Error("changed my mind");
      const work = storage.main.transaction(async (trx) => {
        await trx
          .insertInto("blobs")
          .values({ hash: "a", bytes: new Uint8Array(1) })
          .execute();
        throw reason;
      });
      await expect(work).rejects.toBe(reason);
      expect(await blobs(storage)).toEqual([]);
      await insertBlob(storage, "b", new Uint8Array(1));
      expect(await blobs(storage)).toEqual([["b", "00"]]);
    });

    it("shows readers nothing of a transaction before its commit, and does not keep them waiting", async () => {
      const storage = await open();
      const inserted = Promise.withResolvers<void>();
      const mayCommit = Promise.withResolvers<void>();
      const work = storage.main.transaction(async (trx) => {
        await trx
          .insertInto("blobs")
          .values({ hash: "a", bytes: new Uint8Array(1) })
          .execute();
        inserted.resolve();
        await mayCommit.promise;
      });
      await inserted.promise;
      expect(await blobs(storage)).toEqual([]);
      mayCommit.resolve();
      await work;
      expect(await blobs(storage)).toEqual([["a", "00"]]);
    });

    it("loses no update of a counter whose row every transaction locks first", async () => {
      const storage = await open();
      await insertLog(storage, "a");
      const seen = await Promise.all(Array.from({ length: 40 }, () => takeIndex(storage, "a")));
      expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    });

    it("calls a second row with the same key a conflict, and names no value", async () => {
      const storage = await open();
      await insertBlob(storage, "secret-hash", new Uint8Array(1));
      const error = await insertBlob(storage, "secret-hash", new Uint8Array(2)).catch(
        (e: unknown) => e,
      );
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ code: "conflict" });
      expect(described(error)).not.toContain("secret-hash");
      expect(await blobs(storage)).toEqual([["secret-hash", "00"]]);
    });

    it("checks references when the transaction ends, not before", async () => {
      const storage = await open();
      const file = { site: "s", version: "v", path: "p", blob: "a" };
      await storage.main.transaction(async (trx) => {
        await trx.insertInto("version_files").values(file).execute();
        await trx
          .insertInto("blobs")
          .values({ hash: "a", bytes: new Uint8Array(1) })
          .execute();
      });
      const dangling = storage.main.transaction((trx) =>
        trx
          .insertInto("version_files")
          .values({ ...file, path: "q", blob: "b" })
          .execute(),
      );
      await expect(dangling).rejects.toMatchObject({ code: "failed" });
      expect(await storage.main.read.selectFrom("version_files").select("path").execute()).toEqual([
        { path: "p" },
      ]);
    });

    it("keeps the order in which one transaction asked", async () => {
      const storage = await open();
      await insertLog(storage, "a");
      await storage.main.transaction(async (trx) => {
        const steps = [5, 7, 11].map((next) =>
          trx.updateTable("logs").set({ next }).where("origin", "=", "a").execute(),
        );
        await Promise.all(steps);
      });
      expect(await storage.main.read.selectFrom("logs").select("next").execute()).toEqual([
        { next: 11 },
      ]);
    });

    it("gives bytes back exactly, views into larger buffers too", async () => {
      const storage = await open();
      let row = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 3000 }),
          fc.nat(20),
          async (content, offset) => {
            const around = Buffer.concat([
              Buffer.alloc(offset, 0xee),
              content,
              Buffer.alloc(7, 0xdd),
            ]);
            const hash = `h${++row}`;
            await insertBlob(storage, hash, around.subarray(offset, offset + content.length));
            const stored = await storage.main.read
              .selectFrom("blobs")
              .select("bytes")
              .where("hash", "=", hash)
              .executeTakeFirstOrThrow();
            expect(stored.bytes).toBeInstanceOf(Uint8Array);
            expect(Buffer.from(stored.bytes).equals(content)).toBe(true);
          },
        ),
        { numRuns: 40 },
      );
    });

    it("gives back every safe integer as a number, sums and counts too", async () => {
      const storage = await open();
      const numbers = [
        0,
        1,
        -1,
        2 ** 31,
        2 ** 32 + 1,
        2 ** 48,
        Number.MAX_SAFE_INTEGER,
        -(2 ** 53 - 1),
      ];
      await storage.main.transaction((trx) =>
        trx
          .insertInto("sites")
          .values(numbers.map((created_at, i) => ({ id: `s${i}`, log_name: `l${i}`, created_at })))
          .execute(),
      );
      const rows = await storage.main.read
        .selectFrom("sites")
        .select("created_at")
        .orderBy("id")
        .execute();
      expect(rows.map((row) => row.created_at)).toEqual(numbers);
      const { sum, count } = await storage.main.read
        .selectFrom("sites")
        .select(({ fn }) => [
          fn.sum<number>("created_at").as("sum"),
          fn.countAll<number>().as("count"),
        ])
        .where("created_at", "<", 2 ** 33)
        .where("created_at", ">=", 0)
        .executeTakeFirstOrThrow();
      expect([sum, count]).toEqual([2 ** 31 + 2 ** 32 + 2, 4]);
    });

    it("refuses an integer that no number can hold, rather than round it", async () => {
      const storage = await open();
      const reading = sql<{ n: number }>`select 9007199254740993 as n`.execute(storage.main.read);
      await expect(reading).rejects.toBeInstanceOf(StorageError);
    });

    it("sorts texts by their bytes and blobs likewise", async () => {
      const storage = await open();
      const texts = ["b", "a", "B", "é", "Z", "ab", "я", "_", "10", "9"];
      for (const text of texts) await insertBlob(storage, text, Buffer.from(text));
      const byBytes = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const db = storage.main.read.selectFrom("blobs").select("hash");
      expect((await db.orderBy("hash").execute()).map((row) => row.hash)).toEqual(byBytes);
      expect((await db.orderBy("bytes").execute()).map((row) => row.hash)).toEqual(byBytes);
    });

    it("never gives a row number a second time", async () => {
      const storage = await open();
      const insert = () =>
        storage.main.transaction((trx) =>
          trx
            .insertInto("timeline")
            .values({ site: "s", version: "v", published_at: 1, effective_at: 1 })
            .returning("id")
            .executeTakeFirstOrThrow(),
        );
      const first = await insert();
      await storage.main.transaction((trx) => trx.deleteFrom("timeline").execute());
      const second = await insert();
      expect(second.id).toBeGreaterThan(first.id);
    });

    it("writes nothing through the connection for reads", async () => {
      const storage = await open();
      const writing = storage.main.read
        .insertInto("blobs")
        .values({ hash: "a", bytes: new Uint8Array(1) });
      await expect(writing.execute()).rejects.toBeInstanceOf(StorageError);
      expect(await blobs(storage)).toEqual([]);
    });

    it("goes on after a statement that cannot be run", async () => {
      const storage = await open();
      const broken = storage.main.transaction((trx) => sql`selec 1`.execute(trx));
      await expect(broken).rejects.toMatchObject({ code: "failed" });
      await insertBlob(storage, "a", new Uint8Array(1));
      expect(await blobs(storage)).toHaveLength(1);
    });

    it("refuses a database of a newer version, and says what to do", async () => {
      const fixture = await fresh();
      const storage = await fixture.open();
      await storage.main.transaction((trx) =>
        sql`update schema_versions set version = version + 1 where name = 'main'`.execute(trx),
      );
      await storage.close();
      const error = await fixture.open().catch((e: unknown) => e);
      expect(error).toMatchObject({ name: "StorageError", code: "too_new" });
      expect(described(error)).toContain("newer version");
    });

    it("lets several gateways make the tables at once", async () => {
      const fixture = await fresh();
      const all = await Promise.all(Array.from({ length: 4 }, () => keep(fixture.open())));
      for (const [i, storage] of all.entries())
        await insertBlob(storage, `h${i}`, new Uint8Array(1));
      expect(await blobs(all[0]!)).toHaveLength(all.length);
    });

    it("loses no update when several gateways lock the same row", async () => {
      const fixture = await fresh();
      const all = await Promise.all(Array.from({ length: 3 }, () => keep(fixture.open())));
      await insertLog(all[0]!, "a");
      const seen = await Promise.all(
        Array.from({ length: 60 }, (_, i) => takeIndex(all[i % all.length]!, "a")),
      );
      expect(new Set(seen).size).toBe(60);
      expect(Math.max(...seen)).toBe(60);
    });
  });
}

function subjectKey(createdAt: number) {
  return {
    map: Buffer.alloc(16, createdAt),
    subject: Buffer.alloc(16, createdAt),
    key: Buffer.alloc(32, createdAt),
    created_at: createdAt,
  };
}

async function insertBlob(storage: Storage, hash: string, bytes: Uint8Array): Promise<void> {
  await storage.main.transaction((trx) =>
    trx.insertInto("blobs").values({ hash, bytes }).execute(),
  );
}

async function blobs(storage: Storage): Promise<[string, string][]> {
  const rows = await storage.main.read.selectFrom("blobs").selectAll().orderBy("hash").execute();
  return rows.map(({ hash, bytes }) => [hash, Buffer.from(bytes).toString("hex")]);
}

async function insertLog(storage: Storage, origin: string): Promise<void> {
  const log = { origin, site: "s", year: 2026, next: 0, time: 0 };
  await storage.main.transaction((trx) => trx.insertInto("logs").values(log).execute());
}

/** Reads and writes in two statements, which is right only because the first one locks. */
async function takeIndex(storage: Storage, origin: string): Promise<number> {
  return storage.main.transaction(async (trx) => {
    const { next } = await trx
      .updateTable("logs")
      .set((eb) => ({ time: eb("time", "+", 1) }))
      .where("origin", "=", origin)
      .returning("next")
      .executeTakeFirstOrThrow();
    await trx
      .updateTable("logs")
      .set({ next: next + 1 })
      .where("origin", "=", origin)
      .execute();
    return next + 1;
  });
}

function described(error: unknown): string {
  return error instanceof Error
    ? `${error.message} ${JSON.stringify(error)} ${String(error.cause)}`
    : "";
}
