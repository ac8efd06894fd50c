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
  broken: boolean;
}

function poolDriver(pool: pg.Pool, setting: string): Driver {
  const held = new WeakMap<DatabaseConnection, Held>();
  const run = async (connection: DatabaseConnection, statement: string) => {
    try {
      await held.get(connection)?.client.query(statement);
    } catch (error) {
      throw storageError(error, setting);
    }
  };
  return {
    init: async () => {},
    async acquireConnection() {
      try {
        const client = await pool.connect();
        const connection = connect(client, setting);
        held.set(connection, { client, broken: false });
        return connection;
      } catch (error) {
        throw storageError(error, setting);
      }
    },
    beginTransaction: (connection) =>
      run(connection, "start transaction isolation level read committed"),
    commitTransaction: (connection) => run(connection, "commit"),
    async rollbackTransaction(connection) {
      try {
        await run(connection, "rollback");
      } catch {
        // What made the transaction fail is the news, not this; the server rolls back when the line drops.
        const holding = held.get(connection);
        if (holding) holding.broken = true;
      }
    },
    async releaseConnection(connection) {
      const holding = held.get(connection);
      holding?.client.release(holding.broken);
    },
    destroy: async () => {},
  };
}

function connect(client: pg.PoolClient, setting: string): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery) {
      try {
        const { rows, rowCount } = await client.query(query.sql, [...query.parameters]);
        // The caller's row type follows from the query Kysely compiled.
        return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) };
      } catch (error) {
        throw storageError(error, setting);
      }
    },
    streamQuery(): never {
      throw new StorageError("failed", "rows are read in pages, not as a stream");
    },
  };
}
