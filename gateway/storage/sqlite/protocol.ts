/** What the event loop and a database's worker thread say to each other. */

/** What a message may carry as it is. */
export type Plain = null | number | bigint | string;

/**
 * The parameters of a statement. Blobs travel together in one buffer that changes hands: a message with
 * hundreds of small arrays costs more than the statement it carries.
 */
export interface Parameters {
  /** In order; null in the place of a blob. */
  plain: Plain[];
  /** Place and length of each blob, which follow each other in `bytes`. */
  blobs: [place: number, length: number][];
  bytes: Uint8Array<ArrayBuffer>;
}

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
  | { id: number; sql: string; parameters: Parameters }
  | { id: number; call: Call }
  | { id: number; close: true };

export interface Result {
  rows: Record<string, unknown>[];
  /** Rows changed by a statement that returns none. */
  changes: number;
  lastInsertId: number;
}

/** SQLite's extended result code, or 0 for an error that is not SQLite's, and its message: no row data. */
export interface Failure {
  code: number;
  message: string;
  /** The lock of the whole folder was not to be had. */
  lock?: true;
}

/** The result is a {@link Result} for a statement, and whatever a procedure returned for a call. */
export type Reply = { id: number; result: unknown } | { id: number; failure: Failure };
