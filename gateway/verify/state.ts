/**
 * What a verifier remembers of a log between two runs: the newest checkpoint it verified, with its
 * signature, so that the memory is evidence too. A log that forgets or rewrites is caught by it.
 */
import { fromUtf8, toBase64, utf8, type Bytes } from "./bytes.ts";
import { verifyCheckpoint, type Checkpoint, type Trust } from "./checkpoint.ts";
import { VerifyError } from "./errors.ts";
import { jsonFields } from "./json.ts";
import type { Primitives } from "./primitives.ts";

/** @param note the signed note of the checkpoint, as served. */
export function writeState({ origin, size, root }: Checkpoint, note: string): Bytes {
  const state = { v: 1, origin, size, root: toBase64(root), checkpoint: note };
  return utf8(`${JSON.stringify(state, null, 2)}\n`);
}

/**
 * Reads a state back and checks it as if it came from a stranger: a damaged memory must not pass for a
 * log that was never seen before.
 * @throws {VerifyError} `bad_state`.
 */
export async function parseState(
  bytes: Uint8Array,
  { log }: Trust,
  primitives: Primitives,
): Promise<Checkpoint> {
  const fields = jsonFields(fromUtf8(bytes, "bad_state", "the state file"));
  const { v, origin, size, root, checkpoint: note, ...more } = fields ?? {};
  if (v !== 1 || typeof note !== "string" || Object.keys(more).length > 0)
    throw new VerifyError("bad_state", "the state file is not one of soglas verify log");
  let checkpoint: Checkpoint;
  try {
    checkpoint = await verifyCheckpoint(utf8(note), { log, witnesses: [] }, primitives);
  } catch (error) {
    throw new VerifyError(
      "bad_state",
      "the state file's checkpoint is not signed by this log: it is damaged, or is another log's",
      { cause: error },
    );
  }
  if (
    checkpoint.origin !== origin ||
    checkpoint.size !== size ||
    toBase64(checkpoint.root) !== root
  )
    throw new VerifyError("bad_state", "the state file contradicts its own checkpoint");
  return checkpoint;
}
