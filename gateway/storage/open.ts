/** Opens the storage of an installation, on either engine, with its tables up to date. */
import { join } from "node:path";
import { keyMigrations } from "./migrations/keys.ts";
import { mainMigrations } from "./migrations/main.ts";
import { markMigrations } from "./migrations/marks.ts";
import { migrate } from "./migrations/migrate.ts";
import { openPostgresStore } from "./postgres/store.ts";
import type { Database, KeyDatabase, MarkDatabase } from "./schema.ts";
import { openSqliteStore } from "./sqlite/store.ts";
import type { Storage, Store } from "./storage.ts";

export type StorageOptions =
  | {
      engine: "sqlite";
      /** An existing folder of this installation's own. */
      folder: string;
      /** The server: one per folder. Commands beside it say false. */
      server: boolean;
    }
  | {
      engine: "postgres";
      /** Connection string of the main database. */
      url: string;
      /** Of the key store: a server or at least a database whose backups are kept apart. */
      keysUrl: string;
    };

/**
 * @throws {StorageError} `locked`: another server runs on this folder; `unwritable`: the folder is missing
 *   or not ours; `unreachable`: no PostgreSQL there; `too_new`: written by a newer version of Soglas.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const opening = await Promise.allSettled([openMain(options), openKeys(options)]);
  const [main, keys] = opening;
  if (main.status === "fulfilled" && keys.status === "fulfilled") {
    return {
      main: main.value,
      keys: keys.value,
      async close() {
        await Promise.all([main.value.close(), keys.value.close()]);
      },
    };
  }
  await Promise.all(
    opening.map((store) => (store.status === "fulfilled" ? store.value.close() : undefined)),
  );
  throw main.status === "rejected" ? main.reason : (keys as PromiseRejectedResult).reason;
}

/**
 * The database in which replicas share their high-water marks.
 * @throws {StorageError} as {@link openStorage}.
 */
export function openMarkStore(url: string): Promise<Store<MarkDatabase>> {
  const tables = { name: "marks", migrations: markMigrations };
  return openPostgresStore({
    url,
    setting: "SOGLAS_HIGHWATER_URL",
    migrate: (db) => migrate(db, "postgres", tables),
  });
}

function openMain(options: StorageOptions): Promise<Store<Database>> {
  const tables = { name: "main", migrations: mainMigrations };
  if (options.engine === "postgres") {
    return openPostgresStore({
      url: options.url,
      setting: "SOGLAS_DATABASE_URL",
      migrate: (db) => migrate(db, "postgres", tables),
    });
  }
  return openSqliteStore({
    path: join(options.folder, "main.sqlite"),
    ...(options.server && { lockPath: join(options.folder, "server.lock") }),
    migrate: (db) => migrate(db, "sqlite", tables),
  });
}

function openKeys(options: StorageOptions): Promise<Store<KeyDatabase>> {
  const tables = { name: "keys", migrations: keyMigrations };
  if (options.engine === "postgres") {
    return openPostgresStore({
      url: options.keysUrl,
      setting: "SOGLAS_KEYS_URL",
      migrate: (db) => migrate(db, "postgres", tables),
    });
  }
  return openSqliteStore({
    path: join(options.folder, "keys.sqlite"),
    migrate: (db) => migrate(db, "sqlite", tables),
  });
}
