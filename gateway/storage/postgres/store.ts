/** A store of one PostgreSQL database. */
import { setTimeout } from "node:timers/promises";
import { Kysely, sql } from "kysely";
import type { Versions } from "../migrations/migrate.ts";
import { StorageError, type Store } from "../storage.ts";
import { poolDialect } from "./dialect.ts";
import { RetryableError } from "./errors.ts";
import { openPool } from "./pool.ts";

export interface PostgresStoreOptions {
  url: string;
  /** Name of the setting that holds the URL, for messages. */
  setting: string;
  /** Brings the tables up to date before anything else is asked. */
  migrate: (db: Kysely<Versions>) => Promise<void>;
}

const oldestServer = 140_000;

/** Attempts at a transaction that others' transactions keep pushing aside. */
const attempts = 10;

/** @throws {StorageError} `unreachable`, `unwritable`, `too_new`, `failed` */
export async function openPostgresStore<DB>(options: PostgresStoreOptions): Promise<Store<DB>> {
  const { url, setting } = options;
  // Pools of their own, so that reads never wait for a connection that a write transaction holds.
  const writes = openPool({ url, use: "write", max: 4 });
  const reads = openPool({ url, use: "read", max: 6 });
  const close = async () => {
    await Promise.all([reads.end(), writes.end()]);
  };
  const upgrades = openPool({ url, use: "upgrade", max: 1 });
  try {
    const db = new Kysely<Versions>({ dialect: poolDialect(upgrades, setting) });
    await checkServer(db);
    await options.migrate(db);
  } catch (error) {
    await close();
    throw error;
  } finally {
    await upgrades.end();
  }
  const write = new Kysely<DB>({ dialect: poolDialect(writes, setting) });
  const transaction: Store<DB>["transaction"] = async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await write.transaction().execute(work);
      } catch (error) {
        if (!(error instanceof RetryableError) || attempt === attempts) throw error;
        await setTimeout(Math.random() * Math.min(2 ** attempt, 250));
      }
    }
  };
  return {
    engine: "postgres",
    read: new Kysely<DB>({ dialect: poolDialect(reads, setting) }),
    transaction,
    call: (procedure, input) => transaction((trx) => procedure.run(trx, input)),
    scrub: async () => true,
    close,
  };
}

async function checkServer(db: Kysely<Versions>): Promise<void> {
  const version = sql<{ version: number }>`
    select current_setting('server_version_num')::bigint as version`;
  const { rows } = await version.execute(db);
  if ((rows[0]?.version ?? 0) >= oldestServer) return;
  throw new StorageError("failed", "PostgreSQL 14 or newer is needed.");
}
