/** What the leaves of one log must be to each other, entry by entry. */
import { readContinued, type Continued } from "./epoch.ts";
import { VerifyError } from "./errors.ts";
import { parseLeaf, type Leaf, type LeafKind } from "./leaf.ts";

/** What a log holds, as far as a stranger may see. */
export interface Contents {
  kinds: Record<LeafKind, number>;
  /** Leaf times of the first and the newest entry, unix seconds; null for an empty log. */
  firstTime: number | null;
  lastTime: number | null;
  /** The log it continues; null when it continues none. */
  continues: Continued | null;
}

export interface Chronicle {
  /**
   * Takes the next entry.
   * @param text the leaf's bytes, one character each.
   * @throws {VerifyError} `bad_leaf`, `wrong_order`, `wrong_first_leaf`.
   */
  add(text: string): void;
  contents(): Contents;
}

/** @param origin of the log, which an erasure may name. */
export function openChronicle(origin: string): Chronicle {
  const kinds: Record<LeafKind, number> = { consent: 0, config: 0, erasure: 0, epoch: 0 };
  /** Indexes of entries that are no consents: few, and no erasure may name one. */
  const others = new Set<number>();
  let firstTime: number | null = null;
  let lastTime: number | null = null;
  let continues: Continued | null = null;
  let index = 0;

  function check(leaf: Leaf): void {
    if (lastTime !== null && leaf.time < lastTime)
      throw new VerifyError("wrong_order", `entry ${index} is dated before the entry above it`);
    if (index === 0 && leaf.kind !== "config" && leaf.kind !== "epoch")
      throw new VerifyError(
        "wrong_first_leaf",
        "the first entry is neither a configuration nor the continuation of another log",
      );
    if (index > 0 && leaf.kind === "epoch")
      throw new VerifyError("wrong_order", `entry ${index} continues another log in midstream`);
    if (index === 1 && continues !== null && leaf.kind !== "config")
      throw new VerifyError(
        "wrong_first_leaf",
        "the entry after a continuation is no configuration",
      );
    if (
      leaf.kind === "erasure" &&
      (leaf.origin === null || leaf.origin === origin) &&
      (leaf.index >= index || others.has(leaf.index))
    )
      throw new VerifyError("wrong_order", `entry ${index} erases what is no earlier record`);
  }

  return {
    add(text) {
      let leaf: Leaf;
      try {
        leaf = parseLeaf(text);
      } catch (error) {
        if (!(error instanceof VerifyError)) throw error;
        throw new VerifyError(error.code, `entry ${index}: ${error.message}`, { cause: error });
      }
      check(leaf);
      if (leaf.kind === "epoch") continues = readContinued(leaf, origin);
      if (leaf.kind !== "consent") others.add(index);
      kinds[leaf.kind]++;
      firstTime ??= leaf.time;
      lastTime = leaf.time;
      index++;
    },
    contents: () => ({ kinds: { ...kinds }, firstTime, lastTime, continues }),
  };
}
