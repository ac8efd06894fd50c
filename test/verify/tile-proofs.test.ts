import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../../gateway/verify/checkpoint.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { verifyExtension } from "../../gateway/verify/tile-proofs.ts";
import { outcome } from "./check.ts";
import { withFile } from "./logs.ts";
import { sampleEntries } from "./reference/entries.ts";
import { memoryFiles, writeLog, type Files } from "./reference/log.ts";
import { log } from "./reference/receipt.ts";
import { leavesOf, slice, treeHash } from "./reference/tree.ts";

const size = 65_536 + 700;
const entries = sampleEntries(size);
const leaves = leavesOf(entries);
const files = writeLog(entries, log);

function signedAt(at: number, of = leaves): Checkpoint {
  return { origin: log.name, size: at, root: Uint8Array.from(treeHash(slice(of, 0, at))) };
}

const newest = signedAt(size);
const extend = (earlier: Checkpoint, served: Files = files) =>
  outcome(() => verifyExtension(memoryFiles(served), earlier, newest, nodePrimitives));

describe("a log extends an earlier checkpoint", () => {
  it.each([
    0,
    1,
    2,
    3,
    255,
    256,
    257,
    1000,
    32_768,
    65_535,
    65_536,
    65_537,
    65_792,
    size - 1,
    size,
  ])("of size %i, shown from its tiles", async (at) => {
    expect(await extend(signedAt(at))).toBe("verified");
  });

  it("at every pair of sizes of a small log", async () => {
    for (let second = 1; second <= 40; second++) {
      const served = writeLog(entries.slice(0, second), log);
      for (let first = 0; first <= second; first++)
        await verifyExtension(
          memoryFiles(served),
          signedAt(first),
          signedAt(second),
          nodePrimitives,
        );
    }
  });

  it("reads few tiles, each once", async () => {
    const read: string[] = [];
    const counting = {
      read: async (path: string, limit: number) => {
        read.push(path);
        return memoryFiles(files).read(path, limit);
      },
    };
    await verifyExtension(counting, signedAt(300), newest, nodePrimitives);
    expect(new Set(read).size).toBe(read.length);
    expect(read.length).toBeLessThan(8);
  });
});

describe("a log that does not extend an earlier checkpoint", () => {
  const rewritten = leavesOf(entries.with(7, entries[8]!));

  it.each([8, 256, 300, 65_536, size - 1])("is caught at size %i", async (at) => {
    expect(await extend(signedAt(at, rewritten))).toBe("inconsistent");
  });

  it("is caught at its own size, and when it shrinks", async () => {
    expect(await extend(signedAt(size, rewritten))).toBe("split_view");
    expect(await extend({ ...newest, size: size + 1 })).toBe("rollback");
    expect(await extend({ ...newest, origin: "example.com/other/2026" })).toBe("wrong_origin");
  });

  it("does not get away with missing or false tiles", async () => {
    const path = "tile/1/000";
    expect(await extend(signedAt(300), withFile(files, path, null))).toBe("missing_tile");
    const bytes = Buffer.from(files.get(path)!).fill(1);
    expect(await extend(signedAt(300), withFile(files, path, bytes))).toBe("inconsistent");
  });
});
