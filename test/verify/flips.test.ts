/** One flipped bit anywhere that the log answers for, and verification fails. Every time. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcome } from "./check.ts";
import { verify, withFlippedBit } from "./logs.ts";
import { sampleEntries } from "./reference/entries.ts";
import { writeLog, type Files } from "./reference/log.ts";
import { checkpointText, cosignatureLine } from "./reference/note.ts";
import { log, witness } from "./reference/receipt.ts";
import { leavesOf, treeHash } from "./reference/tree.ts";

/** The witness is one nobody asked for. */
function witnessedLog(size: number): Files {
  const entries = sampleEntries(size);
  const text = checkpointText(log.name, size, treeHash(leavesOf(entries)));
  return writeLog(entries, log, cosignatureLine(text, witness, 1_770_000_000));
}

const bits = (files: Files, path: string) => files.get(path)!.length * 8;

/** Any bit of any of these files, each file as likely as the others. */
function bitOf(files: Files, paths: string[]): fc.Arbitrary<[string, number]> {
  return fc
    .constantFrom(...paths)
    .chain((path) => fc.tuple(fc.constant(path), fc.nat(bits(files, path) - 1)));
}

const small = witnessedLog(700);
/** Small enough to be verified once for every bit of its checkpoint. */
const tiny = witnessedLog(3);
const note = tiny.get("checkpoint")!;
/** Where the witness's line begins; everything before it is the log's. */
const witnessLine = note.lastIndexOf("— ");

describe("one flipped bit", () => {
  it("in the checkpoint's text or the log's signature line: each one fails", async () => {
    for (let bit = 0; bit < witnessLine * 8; bit++) {
      const verdict = await outcome(() => verify(withFlippedBit(tiny, "checkpoint", bit)));
      expect(verdict, `bit ${bit}`).not.toBe("verified");
    }
  }, 60_000);

  it("in the line of a witness nobody asked for: fails, or changes nothing", async () => {
    const whole = await verify(tiny);
    for (let bit = witnessLine * 8; bit < note.length * 8; bit++) {
      const flipped = withFlippedBit(tiny, "checkpoint", bit);
      if ((await outcome(() => verify(flipped))) === "verified")
        expect({ ...(await verify(flipped)), note: "" }).toEqual({ ...whole, note: "" });
    }
  }, 60_000);

  it("in tiles or bundles: fails", async () => {
    const paths = [...small.keys()].filter((path) => path.startsWith("tile/"));
    await fc.assert(
      fc.asyncProperty(bitOf(small, paths), async ([path, bit]) => {
        const verdict = await outcome(() => verify(withFlippedBit(small, path, bit)));
        expect(verdict).not.toBe("verified");
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it("in the tiles of a log with three levels: fails", async () => {
    const large = witnessedLog(65_536 + 300);
    const paths = [...large.keys()].filter((path) => /^tile\/[12]/.test(path));
    expect(paths).toEqual(["tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"]);
    await fc.assert(
      fc.asyncProperty(
        bitOf(large, [...paths, "tile/0/256", "tile/entries/256", "tile/entries/257.p/44"]),
        async ([path, bit]) => {
          const verdict = await outcome(() => verify(withFlippedBit(large, path, bit)));
          expect(verdict).not.toBe("verified");
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
