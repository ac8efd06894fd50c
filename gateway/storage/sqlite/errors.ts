/** SQLite result codes as failures an operator can act on: https://www.sqlite.org/rescode.html */
import { dirname } from "node:path";
import { StorageError } from "../storage.ts";
import type { Failure } from "./protocol.ts";

const busy = 5;
const readOnly = 8;
const inputOutput = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const permission = 3;
const notADatabase = 26;
const uniqueConstraints = new Set([1555, 2067, 2579]);

/** SQLite's messages name tables and columns, never values, so they may be shown. */
export function storageError(failure: Failure, path: string): StorageError {
  if (uniqueConstraints.has(failure.code)) return new StorageError("conflict", failure.message);
  const code = failure.code & 0xff;
  if (failure.lock && code === busy) {
    return new StorageError(
      "locked",
      `Another gateway already serves ${dirname(path)}: stop it first, or give this one a data folder of its own.`,
    );
  }
  switch (code) {
    case busy:
      return new StorageError(
        "locked",
        `${path} is being written by another process and did not become free in time.`,
      );
    case readOnly:
    case cannotOpen:
    case permission:
      return new StorageError(
        "unwritable",
        `${path} cannot be written: check that its folder exists and who owns it.`,
      );
    case full:
      return new StorageError("full", `There is no room left for ${path}: free some disk space.`);
    case inputOutput:
      return new StorageError(
        "failed",
        `Reading or writing ${path} failed: check the disk (${failure.message}).`,
      );
    case corrupt:
    case notADatabase:
      return new StorageError(
        "failed",
        `${path} is damaged or not a SQLite database: restore it from a backup.`,
      );
    default:
      return new StorageError("failed", failure.message);
  }
}
