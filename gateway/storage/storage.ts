/**
 * The storage layer's interface: what every engine guarantees. test/storage/contract.ts holds
 * both engines to it.
 */
import type { Kysely, Transaction } from "kysely";
import type { Database, KeyDatabase } from "./schema.ts";

export type Engine = "sqlite" | "postgres";

/**
 * One database of one engine.
 *
 * - **Durability**: when `transaction` resolves, its writes survive `kill -9` and power loss
 *   (SQLite: WAL with synchronous=FULL; PostgreSQL: synchronous_commit=on).
 * - **Isolation**: write transactions on SQLite are serial (BEGIN IMMEDIATE); on PostgreSQL they are
 *   READ COMMITTED, and callers lock what they read before they write (row locks, compare-and-swap).
 * - **Reads** never wait for a write transaction and never stall the event loop.
 * - A function passed to `transaction` may run again after a serialisation failure or a deadlock:
 *   it must have no effect outside its transaction.
 */
export interface Store<DB> {
  readonly engine: Engine;
  /** For reads outside a transaction; sees what is committed. */
  readonly read: Kysely<DB>;
  /**
   * Runs `work` in one durable write transaction; rolls back when it throws.
   * @throws whatever `work` throws; {@link StorageError} when the database is out of reach or full.
   */
  transaction<T>(work: (trx: Transaction<DB>) => Promise<T>): Promise<T>;
  /**
   * Runs a procedure in one durable write transaction, beside the database where the engine can.
   * @throws {StorageError}; a procedure returns what its caller is to know, and throws to roll back.
   */
  call<Input, Output>(procedure: Procedure<DB, Input, Output>, input: Input): Promise<Output>;
  /**
   * Takes what deleted and changed rows have left behind out of the files (SQLite: the write-ahead log is
   * folded into the database and emptied). On PostgreSQL there is nothing a client could do, so it is
   * true at once: docs/deployment.md says how its key store is kept.
   * @returns false when another reader or writer was in the way: try again later.
   */
  scrub(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * A write transaction that is so frequent that its statements should not cross threads one by one (ADR 007): SQLite
 * runs it on the file's own thread, with one message there and one back; PostgreSQL as any transaction.
 * Input and output are cloned on the way, so they are plain data. Bytes in it are best not views of a
 * larger buffer, which would be cloned with them.
 */
export interface Procedure<DB, Input, Output> {
  /** `import.meta.url` of the module that exports the procedure… */
  readonly module: string;
  /** …and the name it has there. */
  readonly name: string;
  run(trx: Transaction<DB>, input: Input): Promise<Output>;
}

export interface Storage {
  readonly main: Store<Database>;
  /** Kept apart: own file or own server, own backups. */
  readonly keys: Store<KeyDatabase>;
  close(): Promise<void>;
}

/** `conflict`: a row with the same unique key is already there. */
export type StorageErrorCode =
  | "locked"
  | "unwritable"
  | "unreachable"
  | "full"
  | "too_new"
  | "conflict"
  | "failed";

/** A failure an operator can act on; the message says what to do and holds no row data. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageError";
    this.code = code;
  }
}
