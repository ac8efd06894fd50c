/**
 * Numbered steps, each run once. Not Kysely's migrator: that one takes an advisory lock, which some
 * PostgreSQL-compatible servers accept and ignore; here the version's own row is the lock.
 */
import { sql, type Kysely, type Transaction } from "kysely";
import { StorageError, type Engine } from "../storage.ts";
import { columnTypes, type ColumnTypes } from "./types.ts";

/** The statements of one step, for the engine whose column types it is given. Never edited once released. */
export type Migration = (types: ColumnTypes) => string[];

export interface Tables {
  /** `main` or `keys`: both may live in one PostgreSQL database. */
  name: string;
  /** The n-th takes a database from version n to n + 1. */
  migrations: Migration[];
}

/** What this module itself keeps. */
export interface Versions {
  schema_versions: { name: string; version: number };
}

/**
 * Brings a database up to date, whole or not at all; several processes may try at once.
 * @throws {StorageError} `too_new` when a newer version of Soglas wrote it.
 */
export async function migrate(db: Kysely<Versions>, engine: Engine, tables: Tables): Promise<void> {
  if ((await currentVersion(db, tables)) === tables.migrations.length) return;
  await createVersionTable(db, engine);
  await db.transaction().execute((trx) => applyMissing(trx, engine, tables));
}

/** Undefined when nothing was ever made here. */
async function currentVersion(db: Kysely<Versions>, tables: Tables): Promise<number | undefined> {
  let row: { version: number } | undefined;
  try {
    row = await db
      .selectFrom("schema_versions")
      .select("version")
      .where("name", "=", tables.name)
      .executeTakeFirst();
  } catch (error) {
    // The table is not there yet; anything else comes up again in the next statement.
    if (error instanceof StorageError && error.code === "failed") return undefined;
    throw error;
  }
  if (row && row.version > tables.migrations.length) throw tooNew();
  return row?.version;
}

async function createVersionTable(db: Kysely<Versions>, engine: Engine): Promise<void> {
  const types = columnTypes(engine);
  const create = sql`create table if not exists schema_versions (
    name ${sql.raw(types.text)} primary key, version ${sql.raw(types.integer)} not null)`;
  try {
    await create.execute(db);
  } catch (error) {
    // On PostgreSQL two `if not exists` at once may both try; the second finds the first one's.
    if (!(error instanceof StorageError && error.code === "conflict")) throw error;
    await create.execute(db);
  }
}

async function applyMissing(
  trx: Transaction<Versions>,
  engine: Engine,
  tables: Tables,
): Promise<void> {
  await trx
    .insertInto("schema_versions")
    .values({ name: tables.name, version: 0 })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { version } = await trx
    .selectFrom("schema_versions")
    .select("version")
    .where("name", "=", tables.name)
    .$if(engine === "postgres", (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  if (version > tables.migrations.length) throw tooNew();
  for (const step of tables.migrations.slice(version)) {
    for (const statement of step(columnTypes(engine))) await sql.raw(statement).execute(trx);
  }
  await trx
    .updateTable("schema_versions")
    .set({ version: tables.migrations.length })
    .where("name", "=", tables.name)
    .execute();
}

function tooNew(): StorageError {
  return new StorageError(
    "too_new",
    "This database was written by a newer version of Soglas: run that version.",
  );
}
