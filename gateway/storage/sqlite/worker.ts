/**
 * One SQLite connection on a thread of its own, so that neither an fsync nor a long read stalls the
 * event loop. Statements run in the order they arrive.
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { parentPort } from "node:worker_threads";
import type {
  Failure,
  OpenOptions,
  Parameters,
  Plain,
  Reply,
  Request,
  Result,
} from "./protocol.ts";

/** Prepared statements kept; queries come from our own code, so there are few distinct texts. */
const statementLimit = 256;
const statements = new Map<string, { statement: StatementSync; returnsRows: boolean }>();

const port = parentPort;
if (!port) throw new Error("runs as a worker thread only");

let lock: DatabaseSync | undefined;
let database: DatabaseSync | undefined;
const nothing: Result = { rows: [], changes: 0, lastInsertId: 0 };

port.on("message", (request: Request) => {
  let reply: Reply;
  try {
    reply = { id: request.id, result: serve(request) };
  } catch (error) {
    reply = { id: request.id, failure: describe(error) };
  }
  port.postMessage(reply);
  if ("close" in request) port.close();
});

function serve(request: Request): Result {
  if ("open" in request) {
    open(request.open);
    return nothing;
  }
  if ("close" in request) {
    statements.clear();
    database?.close();
    lock?.close();
    return nothing;
  }
  if (!database) throw new Error("the file is not open");
  // A full disk and some other failures roll back by themselves.
  if (request.sql === "rollback" && !database.isTransaction) return nothing;
  return run(database, request.sql, request.parameters);
}

function open(options: OpenOptions): void {
  if (options.lockPath !== undefined) lock = takeLock(options.lockPath);
  database = new DatabaseSync(options.path, {
    timeout: options.busyTimeout,
    allowExtension: false,
  });
  configure(database, options.readOnly);
}

class LockError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = { ...failure, lock: true };
  }
}

/** The operating system drops the lock with the process, however it ends. */
function takeLock(path: string): DatabaseSync {
  const held = new DatabaseSync(path, { timeout: 0 });
  try {
    held.exec("begin exclusive");
  } catch (error) {
    held.close();
    throw new LockError(describe(error));
  }
  return held;
}

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
    pragma cache_size = -16000;
    pragma journal_size_limit = 16777216;
  `);
  if (readOnly) opened.exec("pragma query_only = on");
}

function run(opened: DatabaseSync, sql: string, parameters: Parameters): Result {
  const { statement, returnsRows } = prepare(opened, sql);
  const values = unpack(parameters);
  if (returnsRows) return { rows: statement.all(...values), changes: 0, lastInsertId: 0 };
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], changes: Number(changes), lastInsertId: Number(lastInsertRowid) };
}

function unpack({ plain, blobs, bytes }: Parameters): (Plain | Uint8Array)[] {
  const values: (Plain | Uint8Array)[] = plain;
  let offset = 0;
  for (const [place, length] of blobs) {
    values[place] = bytes.subarray(offset, (offset += length));
  }
  return values;
}

function prepare(
  opened: DatabaseSync,
  sql: string,
): { statement: StatementSync; returnsRows: boolean } {
  const known = statements.get(sql);
  if (known) {
    statements.delete(sql);
    statements.set(sql, known);
    return known;
  }
  const statement = opened.prepare(sql);
  const prepared = { statement, returnsRows: statement.columns().length > 0 };
  statements.set(sql, prepared);
  if (statements.size > statementLimit) {
    const oldest = statements.keys().next().value;
    if (oldest !== undefined) statements.delete(oldest);
  }
  return prepared;
}

function describe(error: unknown): Failure {
  if (error instanceof LockError) return error.failure;
  if (!(error instanceof Error)) return { code: 0, message: "unknown failure" };
  return {
    code: "errcode" in error && typeof error.errcode === "number" ? error.errcode : 0,
    message: error.message,
  };
}
