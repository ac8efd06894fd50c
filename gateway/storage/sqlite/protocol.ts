/** What the event loop and a database's worker thread say to each other. */
import type { Packed, Value } from "./packed.ts";

/** How a thread opens its file. */
export interface OpenOptions {
  path: string;
  /** Milliseconds to wait for another process's write transaction. */
  busyTimeout: number;
  /** A reader refuses every write. */
  readOnly: boolean;
  /** Held locked until the thread ends; absent for readers, and for commands that run beside a server. */
  lockPath?: string;
}

/** A procedure and what it is given. */
export interface Call {
  /** URL of the module that exports it. */
  module: string;
  name: string;
  /** Anything that can be cloned into a message. */
  input: unknown;
}

export type Request =
  | { id: number; open: OpenOptions }
  | { id: number; sql: string; parameters: Packed }
  | { id: number; call: Call }
  | { id: number; close: true };

/** What a statement gives. */
export interface Result {
  /** Names; none for a statement that returns no rows. */
  columns: string[];
  /** The cells, row after row. */
  values: Value[];
  /** Rows changed by a statement that returns none. */
  changes: number;
  lastInsertId: number;
}

/** A {@link Result} on its way. */
export type PackedResult = Omit<Result, "values"> & { values: Packed };

/** SQLite's extended result code, or 0 for an error that is not SQLite's, and its message: no row data. */
export interface Failure {
  code: number;
  message: string;
  /** The lock of the whole folder was not to be had. */
  lock?: true;
}

/** The result is a {@link PackedResult} for a statement, and whatever a procedure returned for a call. */
export type Reply = { id: number; result: unknown } | { id: number; failure: Failure };
