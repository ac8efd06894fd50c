/** PostgreSQL's SQLSTATEs as failures an operator can act on. */
import { StorageError } from "../storage.ts";

/** A serialisation failure or a deadlock: the same transaction may well succeed when run again. */
export class RetryableError extends StorageError {
  constructor(state: string) {
    super("failed", `PostgreSQL gave up a transaction in favour of another (SQLSTATE ${state}).`);
  }
}

/**
 * The driver's message is kept only where it names nothing but tables and columns (class 42): elsewhere it
 * may repeat values. `detail` always may, so it never leaves this function.
 *
 * @param setting the setting an operator would look at.
 */
export function storageError(error: unknown, setting: string): StorageError {
  if (error instanceof StorageError) return error;
  const state = sqlState(error);
  if (state === undefined) {
    if (error instanceof RangeError) return new StorageError("failed", error.message);
    return new StorageError(
      "unreachable",
      `PostgreSQL cannot be reached: check ${setting} and that the server runs.`,
    );
  }
  if (state === "40001" || state === "40P01") return new RetryableError(state);
  // Making one table twice at once fails on its row type (42710) or its name (42P07), too.
  if (state === "23505" || state === "42710" || state === "42P07")
    return new StorageError("conflict", `a unique constraint was violated${constraint(error)}`);
  if (state === "53100")
    return new StorageError("full", "PostgreSQL has no room left: free some disk space.");
  if (state === "25006" || state === "42501") {
    return new StorageError(
      "unwritable",
      `PostgreSQL refuses to write: check the user of ${setting} (SQLSTATE ${state}).`,
    );
  }
  // A statement took longer than pool.ts allows, or waited so long for another's lock.
  if (state === "57014" || state === "55P03") {
    return new StorageError(
      "failed",
      `PostgreSQL took too long over a statement and gave it up (SQLSTATE ${state}).`,
    );
  }
  // Connection failures, bad credentials, no such database, too many connections, shutting down.
  if (/^(08|25P03|28|3D|53300|57P)/.test(state)) {
    return new StorageError(
      "unreachable",
      `PostgreSQL does not serve us: check ${setting} (SQLSTATE ${state}).`,
    );
  }
  const message = state.startsWith("42") && error instanceof Error ? `: ${error.message}` : "";
  return new StorageError(
    "failed",
    `PostgreSQL refused a statement (SQLSTATE ${state})${constraint(error)}${message}`,
  );
}

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string")
    return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) && "severity" in error ? error.code : undefined;
}

function constraint(error: unknown): string {
  const name = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  return typeof name === "string" ? `: ${name}` : "";
}
