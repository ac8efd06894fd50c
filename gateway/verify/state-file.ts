/** The state file: replaced as a whole, and only after a success. */
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { VerifyError } from "./errors.ts";

/** @returns null when the log was never verified with this file. @throws {VerifyError} `bad_state`. */
export async function readStateFile(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new VerifyError("bad_state", "the state file cannot be read", { cause: error });
  }
}

/**
 * Writes beside the file, flushes, and renames over it: after a crash there is the old state or the new
 * one, never a torn one and never none.
 * @throws {VerifyError} `bad_state`.
 */
export async function writeStateFile(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  try {
    const file = await open(draft, "w", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    const folder = await open(dirname(path), "r");
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    await rm(draft, { force: true });
    throw new VerifyError("bad_state", "the state file cannot be written", { cause: error });
  }
}
