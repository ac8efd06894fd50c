import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStorage } from "../../gateway/storage/open.ts";
import { storageContract } from "./contract.ts";

const prefix = join(tmpdir(), "soglas-storage-");

async function folder(): Promise<string> {
  const path = await mkdtemp(prefix);
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

storageContract("SQLite", async () => {
  const path = await mkdtemp(prefix);
  return {
    open: () => openStorage({ engine: "sqlite", folder: path, server: false }),
    remove: () => rm(path, { recursive: true }),
  };
});

describe("opening SQLite", () => {
  it("lets one server serve a folder, and commands work beside it", async () => {
    const path = await folder();
    const server = await openStorage({ engine: "sqlite", folder: path, server: true });
    const second = openStorage({ engine: "sqlite", folder: path, server: true });
    await expect(second).rejects.toMatchObject({
      name: "StorageError",
      code: "locked",
      message: expect.stringContaining("stop it first"),
    });
    const command = await openStorage({ engine: "sqlite", folder: path, server: false });
    await command.main.transaction((trx) =>
      trx
        .insertInto("blobs")
        .values({ hash: "a", bytes: new Uint8Array(1) })
        .execute(),
    );
    expect(await server.main.read.selectFrom("blobs").select("hash").execute()).toEqual([
      { hash: "a" },
    ]);
    await command.close();
    await server.close();
    const next = await openStorage({ engine: "sqlite", folder: path, server: true });
    await next.close();
  });

  it("says that a missing folder, or one that is a file, cannot be written", async () => {
    const path = await folder();
    await writeFile(join(path, "file"), "");
    for (const name of ["missing", "file"]) {
      const opening = openStorage({ engine: "sqlite", folder: join(path, name), server: true });
      await expect(opening).rejects.toMatchObject({
        name: "StorageError",
        code: "unwritable",
        message: expect.stringContaining(join(path, name)),
      });
    }
  });

  it("does not take a file of something else for its own", async () => {
    const path = await folder();
    await writeFile(join(path, "main.sqlite"), "x".repeat(5000));
    const opening = openStorage({ engine: "sqlite", folder: path, server: true });
    await expect(opening).rejects.toMatchObject({
      code: "failed",
      message: expect.stringContaining("damaged"),
    });
  });

  it("writes durably and leaves no residue", async () => {
    const storage = await openStorage({ engine: "sqlite", folder: await folder(), server: true });
    const settings = await storage.main.transaction(async (trx) => [
      (await sql<{ journal_mode: string }>`pragma journal_mode`.execute(trx)).rows[0]?.journal_mode,
      (await sql<{ synchronous: number }>`pragma synchronous`.execute(trx)).rows[0]?.synchronous,
      (await sql<{ secure_delete: number }>`pragma secure_delete`.execute(trx)).rows[0]
        ?.secure_delete,
      (await sql<{ foreign_keys: number }>`pragma foreign_keys`.execute(trx)).rows[0]?.foreign_keys,
    ]);
    expect(settings).toEqual(["wal", 2, 1, 1]);
    await storage.close();
  });

  it("does not stall the event loop while a long statement runs", async () => {
    const storage = await openStorage({ engine: "sqlite", folder: await folder(), server: true });
    const long = sql<{ n: number }>`
      with recursive count(n) as (select 1 union all select n + 1 from count where n < 3000000)
      select max(n) as n from count`.execute(storage.main.read);
    let turns = 0;
    let over = false;
    const turn = () => {
      turns++;
      if (!over) setImmediate(turn);
    };
    turn();
    const { rows } = await long;
    over = true;
    expect(rows).toEqual([{ n: 3_000_000 }]);
    expect(turns).toBeGreaterThan(100);
    await storage.close();
  });

  it("answers nothing more once closed", async () => {
    const storage = await openStorage({ engine: "sqlite", folder: await folder(), server: true });
    await storage.close();
    await expect(storage.main.read.selectFrom("blobs").selectAll().execute()).rejects.toMatchObject(
      {
        name: "StorageError",
      },
    );
    await storage.close();
  });

  it("keeps every acknowledged transaction, whole, of a process that is killed", async () => {
    const path = await folder();
    let acknowledged = 0;
    for (const acknowledgements of [20, 45]) {
      const child = fork(join(import.meta.dirname, "writer.ts"), [path], { execArgv: [] });
      const killed = once(child, "exit");
      const before = acknowledged;
      child.on("message", (rows: number) => {
        acknowledged = Math.max(acknowledged, rows);
        if (acknowledged >= before + acknowledgements) child.kill("SIGKILL");
      });
      await killed;
      // The lock went with the process.
      const storage = await openStorage({ engine: "sqlite", folder: path, server: true });
      const rows = await storage.main.read
        .selectFrom("blobs")
        .select("hash")
        .orderBy("hash")
        .execute();
      const pairs = new Set(rows.map(({ hash }) => hash.slice(0, -1)));
      expect(rows.length).toBe(pairs.size * 2);
      expect(pairs.size).toBeGreaterThanOrEqual(acknowledged);
      expect(acknowledged).toBeGreaterThanOrEqual(before + acknowledgements);
      acknowledged = pairs.size;
      await storage.close();
    }
  });
});
