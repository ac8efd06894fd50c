/** Kysely on one SQLite connection, whichever thread that is on. */
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
import type { Value } from "./packed.ts";
import type { Result } from "./protocol.ts";
import type { Turns } from "./turns.ts";

/** Runs one statement, here or on another thread. */
export type Run = (sql: string, parameters: readonly unknown[]) => Result | Promise<Result>;

/** For reads: statements of everybody interleave, transactions are refused. */
export function readDialect(run: Run): Dialect {
  const refuse = () =>
    Promise.reject(new StorageError("failed", "a read connection has no transactions"));
  return dialect({
    ...plainDriver(connect(run)),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
  });
}

/** For writes: whoever holds the connection holds it alone, so transactions are serial. */
export function writeDialect(run: Run, turns: Turns): Dialect {
  const driver = plainDriver(connect(run));
  return dialect({
    ...driver,
    async acquireConnection() {
      await turns.take();
      return driver.acquireConnection();
    },
    releaseConnection: async () => turns.pass(),
  });
}

/** For whoever has the connection to themselves. */
export function soleDialect(run: Run): Dialect {
  return dialect(plainDriver(connect(run)));
}

function dialect(driver: Driver): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => driver,
  };
}

function plainDriver(connection: DatabaseConnection): Driver {
  const run = async (statement: string) => {
    await connection.executeQuery(CompiledQuery.raw(statement));
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    // IMMEDIATE: a transaction that waited for its write lock only at its first write could fail half-way.
    beginTransaction: () => run("begin immediate"),
    commitTransaction: () => run("commit"),
    rollbackTransaction: () => run("rollback"),
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function connect(run: Run): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery) {
      const result = await run(query.sql, query.parameters);
      return {
        // The caller's row type follows from the query Kysely compiled.
        rows: rowsOf(result) as R[],
        numAffectedRows: BigInt(result.changes),
        insertId: BigInt(result.lastInsertId),
      };
    },
    streamQuery(): never {
      throw new StorageError("failed", "rows are read in pages, not as a stream");
    },
  };
}

function rowsOf({ columns, values }: Result): Record<string, Value>[] {
  const rows: Record<string, Value>[] = [];
  for (let at = 0; at < values.length; at += columns.length) {
    const row: Record<string, Value> = {};
    for (let n = 0; n < columns.length; n += 1) row[columns[n]!] = values[at + n]!;
    rows.push(row);
  }
  return rows;
}
