import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStorage } from "../../gateway/storage/open.ts";
import { storageContract } from "./contract.ts";
import { openLine } from "./line.ts";
import { startPostgres, type Postgres } from "./postgres.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

storageContract("PostgreSQL", async () => {
  const [url, keysUrl] = [await postgres.database(), await postgres.database()];
  return {
    open: () => openStorage({ engine: "postgres", url, keysUrl }),
    remove: async () => {},
  };
});

describe("opening PostgreSQL", () => {
  it("takes one database for both when told so", async () => {
    const url = await postgres.database();
    const storage = await openStorage({ engine: "postgres", url, keysUrl: url });
    expect(await storage.keys.read.selectFrom("subject_keys").selectAll().execute()).toEqual([]);
    await storage.close();
  });

  it("says which setting to look at when nobody answers there, without its value", async () => {
    const url = await postgres.database();
    const away = "postgres://soglas:pass-word@127.0.0.1:1/none";
    const opening = openStorage({ engine: "postgres", url, keysUrl: away });
    const error = await opening.catch((e: unknown) => e);
    expect(error).toMatchObject({ name: "StorageError", code: "unreachable" });
    expect(String(error)).toContain("SOGLAS_KEYS_URL");
    expect(String(error)).not.toContain("pass-word");
  });

  it("calls a database that does not exist unreachable", async () => {
    const url = await postgres.database();
    const opening = openStorage({ engine: "postgres", url: `${url}_not`, keysUrl: url });
    await expect(opening).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("SOGLAS_DATABASE_URL"),
    });
  });

  it("commits durably even where the database says otherwise", async () => {
    const url = await postgres.database();
    const storage = await openStorage({ engine: "postgres", url, keysUrl: url });
    const name = new URL(url).pathname.slice(1);
    await storage.main.transaction((trx) =>
      sql.raw(`alter database ${name} set synchronous_commit = off`).execute(trx),
    );
    await storage.close();
    const again = await openStorage({ engine: "postgres", url, keysUrl: url });
    const { rows } = await again.main.transaction((trx) =>
      sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(trx),
    );
    expect(rows).toEqual([{ synchronous_commit: "on" }]);
    await again.close();
  });

  it("gives up a statement that takes too long, and says nothing of it", async () => {
    const url = await postgres.database();
    const storage = await openStorage({ engine: "postgres", url, keysUrl: url });
    const settings = await sql<{ statement: string; idle: string }>`
      select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`.execute(storage.main.read);
    expect(settings.rows).toEqual([{ statement: "15s", idle: "1min" }]);
    const slow = storage.main.transaction(async (trx) => {
      await sql`set local statement_timeout = 50`.execute(trx);
      await sql`select pg_sleep(30), 'a value'`.execute(trx);
    });
    await expect(slow).rejects.toMatchObject({
      name: "StorageError",
      code: "failed",
      message: expect.not.stringContaining("a value"),
    });
    await storage.close();
  });

  it("gives up a connection that went silent, and goes on over another one", async () => {
    const url = await postgres.database();
    const line = await openLine(Number(new URL(url).port));
    const through = new URL(`${url}?query_timeout=300`);
    through.port = String(line.port);
    const storage = await openStorage({ engine: "postgres", url: through.href, keysUrl: url });
    const write = (id: string) =>
      storage.main.transaction((trx) =>
        trx.insertInto("sites").values({ id, log_name: id, created_at: 0 }).execute(),
      );
    const read = async () =>
      (await storage.main.read.selectFrom("sites").select("id").execute()).map(({ id }) => id);
    await write("before");
    expect(await read()).toEqual(["before"]);
    line.silence();
    const unreachable = { name: "StorageError", code: "unreachable" };
    await expect(write("lost")).rejects.toMatchObject(unreachable);
    await expect(read()).rejects.toMatchObject(unreachable);
    line.restore();
    await write("later");
    expect((await read()).toSorted()).toEqual(["before", "later"]);
    await storage.close();
    line.close();
  });

  it("runs a transaction again that lost a deadlock", async () => {
    const url = await postgres.database();
    const storage = await openStorage({ engine: "postgres", url, keysUrl: url });
    await storage.main.transaction((trx) =>
      trx
        .insertInto("sites")
        .values(["a", "b"].map((id) => ({ id, log_name: id, created_at: 0 })))
        .execute(),
    );
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let runs = 0;
    const lockInTurn = (mine: number, first: string, second: string) =>
      storage.main.transaction(async (trx) => {
        runs++;
        for (const id of [first, second]) {
          await trx
            .updateTable("sites")
            .set((eb) => ({ created_at: eb("created_at", "+", 1) }))
            .where("id", "=", id)
            .execute();
          both[mine]?.resolve();
          await both[1 - mine]?.promise;
        }
      });
    await Promise.all([lockInTurn(0, "a", "b"), lockInTurn(1, "b", "a")]);
    expect(runs).toBeGreaterThan(2);
    const rows = await storage.main.read.selectFrom("sites").select("created_at").execute();
    expect(rows).toEqual([{ created_at: 2 }, { created_at: 2 }]);
    await storage.close();
  });
});
