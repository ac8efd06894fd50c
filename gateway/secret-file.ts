/** Files that hold a secret: made once, whole, and readable by their owner alone. */
import { chmodSync, linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";

/**
 * Reads a file, making it first if it is not there. Two processes that start at once agree: the file
 * appears whole by link(2), and the loser reads the winner's.
 * @param make its text, secret and random.
 */
export function readOrCreate(path: string, make: () => string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, make(), { mode: 0o600, flush: true });
  chmodSync(fresh, 0o600);
  try {
    linkSync(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(fresh);
  }
  return readFileSync(path, "utf8");
}
