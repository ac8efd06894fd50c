/**
 * The log that another one continues, as far as it can be looked at: whoever holds its key can check the
 * signature in what is quoted of it, and whoever reaches what is left of it can see how much that is.
 */
import { verifyCheckpoint, type Trust } from "./checkpoint.ts";
import type { Continued } from "./epoch.ts";
import { VerifyError } from "./errors.ts";
import { readCheckpoint, type LogFiles } from "./log-files.ts";
import { verifyLog, type LogPrimitives } from "./log.ts";

/**
 * Checks that the old log's own key signed what is quoted, and verifies what is left of that log.
 * @param trust the old log's key. @param files of the old log, or null to look no further.
 * @returns how many entries are left of it, all of them verified; null without files.
 * @throws {VerifyError} `wrong_epoch`: it was signed further than the new log says; and what verifying a
 *   checkpoint and a log throws.
 */
export async function verifyContinued(
  { note, checkpoint: final }: Continued,
  { trust, files }: { trust: Trust; files: LogFiles | null },
  primitives: LogPrimitives,
): Promise<number | null> {
  await verifyCheckpoint(note, trust, primitives);
  if (files === null) return null;
  const newest = await verifyCheckpoint(await readCheckpoint(files), trust, primitives);
  if (newest.size > final.size)
    throw new VerifyError(
      "wrong_epoch",
      `the log that was continued at ${final.size} entries was signed up to ${newest.size}`,
    );
  // What is left of a log that lost entries cannot be shown to be its beginning: the rest is gone.
  const { checkpoint } = await verifyLog(
    files,
    trust,
    newest.size === final.size ? [final] : [],
    primitives,
  );
  return checkpoint.size;
}
