/** What witnesses say of receipts and logs, and what is only said of witnesses. */
import { describe, expect, it } from "vitest";
import { parseTrust } from "../../gateway/verify/checkpoint.ts";
import { verifyLog } from "../../gateway/verify/log.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { verifyReceipt } from "../../gateway/verify/receipt.ts";
import { logWords, receiptWords } from "../../gateway/verify/words.ts";
import { outcome } from "./check.ts";
import { withFile, withFlippedBit } from "./logs.ts";
import { firstTime, sampleEntries } from "./reference/entries.ts";
import { memoryFiles, writeLog, type Files } from "./reference/log.ts";
import { checkpoint, checkpointText, cosignatureLine, signer } from "./reference/note.ts";
import {
  entriesWithRecord,
  log,
  otherLog,
  receiptOf,
  recordIndex,
  witness,
} from "./reference/receipt.ts";
import { leavesOf, treeHash } from "./reference/tree.ts";

const second = signer("witness.example/w2", 4, "second witness");
const entries = entriesWithRecord(20);
/** Leaf time of the record. */
const recorded = (JSON.parse(entries[recordIndex]!.toString()) as { t: number }).t;

const textAt = (size: number) =>
  checkpointText(log.name, size, treeHash(leavesOf(entries.slice(0, size))));
const lineAt = (size: number, time: number, by = witness) =>
  cosignatureLine(textAt(size), by, time);
const noteAt = (size: number, ...lines: string[]) =>
  checkpoint(log, size, treeHash(leavesOf(entries.slice(0, size))), ...lines);

const named = (by = witness, relation = "independent") => ({
  key: by.verifierKey,
  operator: "Example e.V.",
  relation,
});

async function receipt(text: string | Uint8Array, ...witnesses: string[]) {
  const trust = await parseTrust(log.verifierKey, witnesses, nodePrimitives);
  return verifyReceipt(Buffer.from(text), trust, nodePrimitives);
}

/** A receipt cosigned at some time, with more in its extra line. */
const witnessed = (time: number, extra: Record<string, unknown> = {}) =>
  receiptOf(entries, recordIndex, { extra, lines: [lineAt(20, time)] });

describe("a receipt", () => {
  it("is dated by the witness that was asked for, and by no other", async () => {
    const text = witnessed(recorded + 9);
    expect((await receipt(text)).dating).toBeNull();
    expect((await receipt(text, witness.verifierKey)).dating).toEqual({
      after: null,
      before: { witness: witness.name, time: recorded + 9 },
      fits: true,
    });
  });

  it("is dated from both sides by an earlier checkpoint that the same witness signed", async () => {
    const earlier = noteAt(recordIndex, lineAt(recordIndex, recorded - 4));
    const { dating } = await receipt(witnessed(recorded + 9, { earlier }), witness.verifierKey);
    expect(dating?.after).toEqual({ witness: witness.name, time: recorded - 4 });
    const other = noteAt(recordIndex, lineAt(recordIndex, recorded - 4, second));
    const text = receiptOf(entries, recordIndex, {
      extra: { earlier: other },
      lines: [lineAt(20, recorded + 9), lineAt(20, recorded + 8, second)],
    });
    expect((await receipt(text, witness.verifierKey)).dating?.after).toBeNull();
    expect((await receipt(text, witness.verifierKey, second.verifierKey)).dating).toEqual({
      after: { witness: second.name, time: recorded - 4 },
      before: { witness: second.name, time: recorded + 8 },
      fits: true,
    });
  });

  it.each([
    ["in time", -100, 100, true],
    ["a little before it could be", 200, 400, true],
    ["long before it could be", 3600, 3700, false],
    ["after a witness had seen it", -7200, -3600, false],
  ])("whose log dated it %s: %i s to %i s", async (_, after, before, fits) => {
    const earlier = noteAt(recordIndex, lineAt(recordIndex, recorded + after));
    const found = await receipt(witnessed(recorded + before, { earlier }), witness.verifierKey);
    expect(found.dating?.fits).toBe(fits);
    expect(receiptWords(found).some((line) => line.includes("ATTENTION"))).toBe(!fits);
  });

  it.each([
    ["has the record already", noteAt(recordIndex + 1), "bad_proof"],
    ["is another log's", checkpoint(otherLog, 3, Buffer.alloc(32)), "unsigned"],
    ["is not a checkpoint", "something", "bad_note"],
    [
      "carries a wrong line of the witness",
      noteAt(recordIndex, lineAt(recordIndex - 1, recorded)),
      "bad_signature",
    ],
    ["is no text", 5, "bad_proof"],
  ])("is refused when its earlier checkpoint %s", async (_, earlier, code) => {
    const text = witnessed(recorded + 9, { earlier });
    expect(await outcome(() => receipt(text, witness.verifierKey))).toBe(code);
  });

  it("says who runs a witness as something that is only said", async () => {
    const extra = { witnesses: [named(), named(second, "own")] };
    const words = receiptWords(await receipt(witnessed(recorded + 9, extra), witness.verifierKey));
    expect(words.join("\n")).toContain(
      "    By the log's own word it is run by Example e.V., who is independent of the log's operator.",
    );
    expect(words.join("\n")).toContain(
      "whose keys were not given, so what they signed was not checked",
    );
    expect(words.join("\n")).toMatch(/witness\.example\/w2: .* not against them\.$/m);
  });

  it.each([
    ["a list", {}],
    ["short", Array.from({ length: 17 }, () => named())],
    ["of known relations", [named(witness, "neutral")]],
    ["fit to be shown", [{ ...named(), operator: "\u001B[2J" }]],
    ["complete", [{ key: witness.verifierKey, relation: "own" }]],
  ])("is refused when its list of witnesses is not %s", async (_, witnesses) => {
    const text = witnessed(recorded, { witnesses });
    expect(await outcome(() => receipt(text))).toBe("bad_proof");
  });

  it("with one bit flipped in what witnesses signed fails, or says nothing else", async () => {
    const earlier = noteAt(recordIndex, lineAt(recordIndex, recorded - 4));
    const text = Buffer.from(witnessed(recorded + 9, { earlier }));
    const whole = await receipt(text.toString(), witness.verifierKey);
    const extraEnd = text.indexOf("\nindex");
    const lineStart = text.lastIndexOf("— ");
    const bits = [
      ...Array.from({ length: (text.length - lineStart) * 8 }, (_, n) => lineStart * 8 + n),
      ...Array.from({ length: 500 }, (_, n) => (extraEnd - 1 - Math.floor(n / 2)) * 8 + (n % 8)),
    ];
    let failed = 0;
    for (const bit of bits) {
      const flipped = Buffer.from(text);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const verdict = await outcome(async () => {
        const { dating, ...rest } = await receipt(flipped, witness.verifierKey);
        // A line that names another witness now says nothing: then less is shown, and nothing else.
        const { after, ...date } = dating!;
        expect({ ...rest, dating: { ...date, after: after ?? whole.dating?.after } }).toEqual(
          whole,
        );
      });
      if (verdict !== "verified") failed++;
    }
    expect(failed).toBeGreaterThan(bits.length - 200);
  });
});

describe("a log", () => {
  const grown = sampleEntries(20);
  const rootAt = (size: number) => treeHash(leavesOf(grown.slice(0, size)));
  const cosigned = (size: number, time: number, by = witness) =>
    cosignatureLine(checkpointText(log.name, size, rootAt(size)), by, time);
  const kept = (size: number, ...lines: string[]) => checkpoint(log, size, rootAt(size), ...lines);

  async function verify(files: Files, ...witnesses: string[]) {
    const trust = await parseTrust(log.verifierKey, witnesses, nodePrimitives);
    return verifyLog(memoryFiles(files), trust, [], nodePrimitives);
  }

  it("whose newest checkpoint is cosigned needs no other", async () => {
    const files = writeLog(grown, log, cosigned(20, firstTime));
    const { witnessed: found } = await verify(files, witness.verifierKey);
    expect([found?.size, found?.cosignatures[0]?.time]).toEqual([20, firstTime]);
  });

  it("whose newest is not may show the one that is, which it must extend", async () => {
    const files = withFile(
      writeLog(grown, log),
      "witnessed-checkpoint",
      kept(17, cosigned(17, firstTime)),
    );
    const report = await verify(files, witness.verifierKey);
    expect(report.witnessed?.size).toBe(17);
    const words = logWords(report, 0, [{ ...named(), name: witness.name, relation: "own" }]).join(
      "\n",
    );
    expect(words).toContain("Of these, the first 17 are what witnesses have confirmed so far");
    expect(words).toContain("Witness witness.example/w1 saw the same log");
    expect(words).toContain("By the log's own word it is run by Example e.V., for the log's own");
    const forked = checkpointText(log.name, 17, rootAt(16));
    const fork = checkpoint(log, 17, rootAt(16), cosignatureLine(forked, witness, firstTime));
    const refused = withFile(files, "witnessed-checkpoint", fork);
    expect(await outcome(() => verify(refused, witness.verifierKey))).toBe("split_view");
  });

  it("must show what was asked for", async () => {
    const none = writeLog(grown, log);
    const one = withFile(none, "witnessed-checkpoint", kept(17, cosigned(17, firstTime)));
    expect(await outcome(() => verify(none, witness.verifierKey))).toBe("missing_cosignature");
    expect(await outcome(() => verify(one, witness.verifierKey, second.verifierKey))).toBe(
      "missing_cosignature",
    );
    expect((await verify(one)).witnessed).toBeNull();
  });

  it("with one bit flipped in the line of a witness that was asked for fails, every time", async () => {
    const files = writeLog(grown.slice(0, 3), log, cosigned(3, firstTime));
    const note = files.get("checkpoint")!;
    const start = note.lastIndexOf("— ") * 8;
    for (let bit = start; bit < note.length * 8; bit++) {
      const flipped = withFlippedBit(files, "checkpoint", bit);
      const verdict = await outcome(() => verify(flipped, witness.verifierKey));
      expect(verdict, `bit ${bit}`).not.toBe("verified");
    }
  });
});
