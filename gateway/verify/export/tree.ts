/**
 * The tree over a log's entries, put together from left to right out of single entries and of roots of
 * whole subtrees that stand for entries an export does not show (RFC 9162 section 2.1.1).
 */
import { concat, hashLength, type Bytes } from "../bytes.ts";
import { VerifyError } from "../errors.ts";
import type { HashInto } from "../tree.ts";

export interface ExportTree {
  /** Entries so far. */
  readonly size: number;
  /** Adds one entry. */
  addEntry(leaf: Uint8Array): void;
  /**
   * Adds the root over the next 2^level entries.
   * @throws {VerifyError} `bad_export`: no subtree of that size begins here.
   */
  addSubtree(level: number, root: Bytes): void;
  /** Root of the tree so far; null while it is empty. */
  root(): Bytes | null;
}

interface Subtree {
  level: number;
  hash: Bytes;
}

/** More than a log of 2^53 entries has. */
const highest = 52;

export function openExportTree(hashInto: HashInto): ExportTree {
  /** Perfect subtrees side by side, each smaller than the one before. */
  const stack: Subtree[] = [];
  let size = 0;

  function sha256(data: Uint8Array): Bytes {
    const digest = new Uint8Array(hashLength);
    hashInto(data, digest, 0);
    return digest;
  }

  const join = (left: Bytes, right: Bytes) => sha256(concat(Uint8Array.of(1), left, right));

  function add(level: number, hash: Bytes): void {
    let top: Subtree = { level, hash };
    while (stack.at(-1)?.level === top.level)
      top = { level: top.level + 1, hash: join(stack.pop()!.hash, top.hash) };
    stack.push(top);
    size += 2 ** level;
  }

  return {
    get size() {
      return size;
    },
    addEntry(leaf) {
      add(0, sha256(concat(Uint8Array.of(0), leaf)));
    },
    addSubtree(level, root) {
      if (level > highest || size % 2 ** level !== 0)
        throw new VerifyError("bad_export", "a hash of the export stands where no subtree begins");
      add(level, root);
    },
    root() {
      let root: Bytes | null = null;
      for (const { hash } of stack.toReversed()) root = root === null ? hash : join(hash, root);
      return root;
    },
  };
}
