/** A checkpoint that somebody kept of a log: by itself, or in a receipt. */
import { readFile } from "node:fs/promises";
import type { KeptCheckpoint } from "../log/ends/epoch.ts";
import { parseCheckpoint, parseTrust, verifyCheckpoint } from "../verify/checkpoint.ts";
import { VerifyError } from "../verify/errors.ts";
import { nodePrimitives } from "../verify/node.ts";
import { parseNote } from "../verify/note.ts";
import { parseProof } from "../verify/proof.ts";
import { UsageError } from "./command.ts";

/** Bytes of a note that an entry of the log can quote. */
const longestNote = 5000;

/**
 * @param key verifier key of the log, or null when nothing signed is left of it: then the operator's word
 *   stands for the signature.
 * @throws {UsageError} when it is no checkpoint of this log.
 */
export async function readKeptCheckpoint(
  file: string,
  { origin, key }: { origin: string; key: string | null },
): Promise<KeptCheckpoint> {
  const bytes = await readFile(file).catch(() => {
    throw new UsageError("the file of --checkpoint cannot be read");
  });
  try {
    const isReceipt = bytes.toString("latin1", 0, 20) === "c2sp.org/tlog-proof@";
    const note = isReceipt ? parseProof(bytes).checkpoint : bytes;
    const checkpoint =
      key === null
        ? parseCheckpoint(parseNote(note).text)
        : await verifyCheckpoint(note, await parseTrust(key, [], nodePrimitives), nodePrimitives);
    if (checkpoint.origin !== origin)
      throw new UsageError("the file of --checkpoint holds a checkpoint of another log");
    if (note.length > longestNote)
      throw new UsageError(
        "the checkpoint of --checkpoint is too long: leave out signatures of witnesses",
      );
    const root = Buffer.from(checkpoint.root).toString("base64");
    return { origin, size: checkpoint.size, root, checkpoint: Buffer.from(note).toString() };
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    throw new UsageError(
      `the file of --checkpoint holds no checkpoint of this log: ${error.message}`,
    );
  }
}
