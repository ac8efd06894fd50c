/**
 * A Kysely dialect over a pool. Not Kysely's own driver: here every failure leaves as a StorageError, and a
 * connection that could not roll back is thrown away instead of being handed to the next.
 */
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
} from "kysely";
import type pg from "pg";
import { StorageError } from "../storage.ts";
import { storageError } from "./errors.ts";

/** @param setting name of the setting an operator would look at, for messages. */
export function poolDialect(pool: pg.Pool, setting: string): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => poolDriver(pool, setting),
  };
}

/** What the connection of a query or a transaction stands for. */
interface Held {
  client: pg.PoolClient;
  /** Its state is unknown: no answer came, or it could not roll back. */
  broken: boolean;
}

function poolDriver(pool: pg.Pool, setting: string): Driver {
  const held = new WeakMap<DatabaseConnection, Held>();
  const run = async (connection: DatabaseConnection, statement: string) => {
    const holding = held.get(connection);
    if (holding) await ask(holding, setting, statement);
  };
  return {
    init: async () => {},
    async acquireConnection() {
      try {
        const client = await pool.connect();
        const holding = { client, broken: false };
        const connection = connect(holding, setting);
        held.set(connection, holding);
        return connection;
      } catch (error) {
        throw storageError(error, setting);
      }
    },
    beginTransaction: (connection) =>
      run(connection, "start transaction isolation level read committed"),
    commitTransaction: (connection) => run(connection, "commit"),
    async rollbackTransaction(connection) {
      const holding = held.get(connection);
      // The server rolls back when the line drops.
      if (!holding || holding.broken) return;
      try {
        await run(connection, "rollback");
      } catch {
        // What made the transaction fail is the news, not this.
        holding.broken = true;
      }
    },
    async releaseConnection(connection) {
      const holding = held.get(connection);
      holding?.client.release(holding.broken);
    },
    destroy: async () => {},
  };
}

function connect(holding: Held, setting: string): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery) {
      const { rows, rowCount } = await ask(holding, setting, query.sql, [...query.parameters]);
      // The caller's row type follows from the query Kysely compiled.
      return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) };
    },
    streamQuery(): never {
      throw new StorageError("failed", "rows are read in pages, not as a stream");
    },
  };
}

/** @throws {StorageError} always in our words; a connection that gave no answer is not used again */
async function ask(
  holding: Held,
  setting: string,
  statement: string,
  parameters: unknown[] = [],
): Promise<pg.QueryResult> {
  try {
    return await holding.client.query(statement, parameters);
  } catch (error) {
    const failure = storageError(error, setting);
    if (failure.code === "unreachable") holding.broken = true;
    throw failure;
  }
}
