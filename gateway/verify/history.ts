/** A log only ever grows: a newer checkpoint against those seen before, and a root against its tree. */
import { equal, type Bytes } from "./bytes.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { VerifyError } from "./errors.ts";

/** Refuses a root that its own entries do not hash to. @throws {VerifyError} `wrong_root`. */
export function checkRoot({ root }: Checkpoint, computed: Bytes): void {
  if (!equal(root, computed))
    throw new VerifyError("wrong_root", "the entries do not hash to the root that was signed");
}

/**
 * Compares two checkpoints of one log as far as that can be done without its entries.
 * @throws {VerifyError} `wrong_origin`; `rollback`: the newer one is smaller; `split_view`: two roots
 *   were signed at one size.
 */
export function compareCheckpoints(earlier: Checkpoint, newer: Checkpoint): void {
  if (earlier.origin !== newer.origin)
    throw new VerifyError("wrong_origin", "the earlier checkpoint is one of another log");
  if (earlier.size > newer.size)
    throw new VerifyError(
      "rollback",
      `the log has ${newer.size} entries, and once signed that it had ${earlier.size}: entries are gone`,
    );
  if (earlier.size === newer.size && !equal(earlier.root, newer.root)) throw splitView(newer.size);
}

function splitView(size: number): VerifyError {
  return new VerifyError(
    "split_view",
    `the log signed two different histories of its first ${size} entries: one was shown here, another elsewhere or before`,
  );
}

export interface History {
  /**
   * Says that the tree has been read up to `size` entries.
   * @param rootAt gives the root at any size read since the last call.
   * @throws {VerifyError} `split_view`.
   */
  reach(size: number, rootAt: (size: number) => Bytes): void;
}

/** Makes ready to compare the tree with every earlier checkpoint while it is read. */
export function checkHistory(newest: Checkpoint, earlier: Checkpoint[]): History {
  for (const each of earlier) compareCheckpoints(each, newest);
  const waiting = earlier.filter(({ size }) => size > 0).toSorted((a, b) => a.size - b.size);
  return {
    reach(size, rootAt) {
      while (waiting.length > 0 && waiting[0]!.size <= size) {
        const { size: at, root } = waiting.shift()!;
        if (!equal(root, rootAt(at))) throw splitView(at);
      }
    },
  };
}
