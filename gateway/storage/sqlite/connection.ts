/** One open SQLite file: how it is configured, and the statements prepared for it. */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Value } from "./packed.ts";
import type { OpenOptions, Result } from "./protocol.ts";

/** Prepared statements kept; queries come from our own code, so there are few distinct texts. */
const statementLimit = 256;

interface Prepared {
  statement: StatementSync;
  /** None when it returns no rows. */
  columns: string[];
}

export interface Connection {
  run(sql: string, values: Value[]): Result;
  close(): void;
}

/** @throws {Error} SQLite's own, with its result code */
export function openConnection({ path, busyTimeout, readOnly }: OpenOptions): Connection {
  const database = new DatabaseSync(path, { timeout: busyTimeout, allowExtension: false });
  configure(database, readOnly);
  const statements = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    const known = statements.get(sql);
    if (known) {
      statements.delete(sql);
      statements.set(sql, known);
      return known;
    }
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    const prepared = { statement, columns: statement.columns().map(({ name }) => name) };
    statements.set(sql, prepared);
    if (statements.size > statementLimit) {
      const oldest = statements.keys().next().value;
      if (oldest !== undefined) statements.delete(oldest);
    }
    return prepared;
  }

  return {
    run(sql, values) {
      // A full disk and some other failures roll back by themselves.
      if (sql === "rollback" && !database.isTransaction) return nothing;
      const { statement, columns } = prepare(sql);
      if (columns.length > 0) {
        const rows = statement.all(...values) as unknown as Value[][];
        return { ...nothing, columns, values: rows.flat() };
      }
      const { changes, lastInsertRowid } = statement.run(...values);
      return { ...nothing, changes: Number(changes), lastInsertId: Number(lastInsertRowid) };
    },
    close() {
      statements.clear();
      database.close();
    },
  };
}

const nothing: Result = { columns: [], values: [], changes: 0, lastInsertId: 0 };

function configure(opened: DatabaseSync, readOnly: boolean): void {
  // Changing the journal mode does not wait for others as transactions do; once set it stays set.
  const mode = opened.prepare("pragma journal_mode").get()?.["journal_mode"];
  if (mode !== "wal") opened.exec("pragma journal_mode = wal");
  // FULL: a commit is on the disk when it is answered. secure_delete: erased bytes are overwritten.
  opened.exec(`
    pragma synchronous = full;
    pragma secure_delete = on;
    pragma foreign_keys = on;
    pragma temp_store = memory;
    pragma cache_size = -8000;
    pragma journal_size_limit = 16777216;
  `);
  if (readOnly) opened.exec("pragma query_only = on");
}
