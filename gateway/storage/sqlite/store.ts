/** A store of one SQLite file: a thread that writes, a thread that reads. */
import { Kysely, sql } from "kysely";
import type { Versions } from "../migrations/migrate.ts";
import type { Procedure, Store } from "../storage.ts";
import { readDialect, writeDialect } from "./dialect.ts";
import { startThread } from "./thread.ts";
import { createTurns } from "./turns.ts";

/** Milliseconds a write waits for another process's transaction (a command beside the server). */
const busyTimeout = 10_000;

export interface SqliteStoreOptions {
  path: string;
  /** Held locked while the store is open. */
  lockPath?: string;
  /** Brings the tables up to date before anything else is asked. */
  migrate: (db: Kysely<Versions>) => Promise<void>;
}

/** @throws {StorageError} `locked`, `unwritable`, `too_new`, `failed` */
export async function openSqliteStore<DB>(options: SqliteStoreOptions): Promise<Store<DB>> {
  const { path, lockPath } = options;
  const writer = startThread({
    path,
    busyTimeout,
    readOnly: false,
    ...(lockPath !== undefined && { lockPath }),
  });
  const reader = startThread({ path, busyTimeout, readOnly: true });
  const close = async () => {
    // The writer last: the last connection folds the write-ahead log into the file.
    await reader.close();
    await writer.close();
  };
  try {
    await writer.open();
    const turns = createTurns();
    const dialect = writeDialect(writer.run, turns);
    await options.migrate(new Kysely<Versions>({ dialect }));
    const write = new Kysely<DB>({ dialect });
    await reader.open();
    return {
      engine: "sqlite",
      read: new Kysely<DB>({ dialect: readDialect(reader.run) }),
      transaction: (work) => write.transaction().execute(work),
      async call<Input, Output>(procedure: Procedure<DB, Input, Output>, input: Input) {
        const { module, name } = procedure;
        await turns.take();
        try {
          // What the procedure of that name returns.
          return (await writer.call({ module, name, input })) as Output;
        } finally {
          turns.pass();
        }
      },
      scrub: () => write.connection().execute(emptyWriteAheadLog),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Does not wait for readers of other processes: they would hold up every write meanwhile. */
async function emptyWriteAheadLog<DB>(connection: Kysely<DB>): Promise<boolean> {
  await sql`pragma busy_timeout = 0`.execute(connection);
  try {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(
      connection,
    );
    return rows[0]?.busy === 0;
  } finally {
    await sql.raw(`pragma busy_timeout = ${busyTimeout}`).execute(connection);
  }
}
