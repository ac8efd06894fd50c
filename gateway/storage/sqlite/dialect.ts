/** A Kysely dialect whose one connection is a worker thread. */
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
} from "kysely";
import { StorageError } from "../storage.ts";
import type { Thread } from "./thread.ts";

/**
 * @param use `read`: statements of everybody interleave, transactions are refused.
 *   `write`: whoever holds the connection holds it alone, so transactions are serial.
 */
export function threadDialect(thread: Thread, use: "read" | "write"): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () =>
      use === "read" ? readDriver(connect(thread)) : writeDriver(connect(thread)),
  };
}

function connect(thread: Thread): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery) {
      const { rows, changes, lastInsertId } = await thread.run(query.sql, query.parameters);
      // The caller's row type follows from the query Kysely compiled.
      return {
        rows: rows as R[],
        numAffectedRows: BigInt(changes),
        insertId: BigInt(lastInsertId),
      };
    },
    streamQuery(): never {
      throw new StorageError("failed", "rows are read in pages, not as a stream");
    },
  };
}

function readDriver(connection: DatabaseConnection): Driver {
  const refuse = () =>
    Promise.reject(new StorageError("failed", "a read connection has no transactions"));
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function writeDriver(connection: DatabaseConnection): Driver {
  const waiting: (() => void)[] = [];
  let taken = false;
  const run = async (statement: string) => {
    await connection.executeQuery(CompiledQuery.raw(statement));
  };
  return {
    init: async () => {},
    async acquireConnection() {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
      return connection;
    },
    // IMMEDIATE: a transaction that waited for its write lock only at its first write could fail half-way.
    beginTransaction: () => run("begin immediate"),
    commitTransaction: () => run("commit"),
    rollbackTransaction: () => run("rollback"),
    async releaseConnection() {
      const next = waiting.shift();
      if (next) next();
      else taken = false;
    },
    destroy: async () => {},
  };
}
