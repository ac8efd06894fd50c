/** Whatever a stranger sends: a value or a VerifyError, never another exception. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, fromBase64Url, fromDecimal, toBase64 } from "../../gateway/verify/bytes.ts";
import { parseTrust } from "../../gateway/verify/checkpoint.ts";
import { readDescription } from "../../gateway/verify/description.ts";
import { VerifyError } from "../../gateway/verify/errors.ts";
import { parseLeaf } from "../../gateway/verify/leaf.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { parseNote } from "../../gateway/verify/note.ts";
import { parseProof } from "../../gateway/verify/proof.ts";
import { verifyReceipt } from "../../gateway/verify/receipt.ts";
import { parseState, writeState } from "../../gateway/verify/state.ts";
import { bundleEntries } from "../../gateway/verify/tiles.ts";
import { receiptWords } from "../../gateway/verify/words.ts";
import { outcome } from "./check.ts";
import { checkpointOf, trust, verify } from "./logs.ts";
import { memoryFiles, writeLog } from "./reference/log.ts";
import {
  allOpenings,
  entriesWithRecord,
  log,
  receiptOf,
  recordIndex,
} from "./reference/receipt.ts";

const entries = entriesWithRecord(300);
const files = writeLog(entries, log);
const note = files.get("checkpoint")!;
const receipt = Buffer.from(receiptOf(entries, recordIndex, { extra: allOpenings }));
const state = Buffer.from(writeState(await checkpointOf(files), note.toString()));

/** Random bytes, random text, or a good document with a piece replaced. */
function mangled(good: Buffer): fc.Arbitrary<Uint8Array> {
  const replaced = fc
    .tuple(
      fc.nat(good.length),
      fc.nat(20),
      fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc
          .constantFrom("", "\n", "\n\n", " ", "0", "=", "\u0000", "é", '"', "{")
          .map((text) => Buffer.from(text)),
      ),
    )
    .map(([at, gone, piece]) =>
      Buffer.concat([good.subarray(0, at), piece, good.subarray(at + gone)]),
    );
  return fc.oneof(
    { weight: 4, arbitrary: replaced },
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
  );
}

describe("a stranger's bytes", () => {
  const parsers: [string, Buffer, (bytes: Uint8Array) => unknown][] = [
    ["note", note, parseNote],
    ["proof", receipt, parseProof],
    ["receipt", receipt, (bytes) => verifyReceipt(bytes, trust, nodePrimitives)],
    ["leaf", entries[0]!, (bytes) => parseLeaf(Buffer.from(bytes).toString("latin1"))],
    ["state", state, (bytes) => parseState(bytes, trust, nodePrimitives)],
    [
      "description",
      files.get("log.json")!,
      (bytes) => readDescription(memoryFiles(new Map([["log.json", Buffer.from(bytes)]]))),
    ],
    ["bundle", files.get("tile/entries/001.p/44")!, (bytes) => bundleEntries(bytes, 44, "it")],
    [
      "key",
      Buffer.from(log.verifierKey),
      (bytes) => parseTrust(Buffer.from(bytes).toString(), [], nodePrimitives),
    ],
    ["log", note, (bytes) => verify(new Map([...files, ["checkpoint", Buffer.from(bytes)]]))],
  ];

  it.each(parsers)("as a %s: verified or a VerifyError", async (_, good, parse) => {
    expect(await outcome(async () => parse(good))).toBe("verified");
    await fc.assert(
      fc.asyncProperty(mangled(good), async (bytes) => {
        // `outcome` rethrows whatever is not a VerifyError.
        await outcome(async () => parse(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it("in an opened record are shown without obeying them", async () => {
    const nasty = "\u001b[2J\u202egnp.exe\n";
    const opening = { salt: allOpenings.decision.salt, text: JSON.stringify({ action: nasty }) };
    const words = receiptWords({
      ...(await verifyReceipt(receipt, trust, nodePrimitives)),
      decision: opening.text,
      subject: JSON.stringify({ page: nasty, consentId: 7, previous: ["x"] }),
    });
    expect(words.join("\n")).not.toMatch(/[^\P{C}\n]/u);
  });

  it("in an opened record may be anything, and are still put in words", async () => {
    const verified = await verifyReceipt(receipt, trust, nodePrimitives);
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        receiptWords({ ...verified, decision: json, subject: text });
        receiptWords({ ...verified, decision: text, subject: json });
      }),
    );
  });
});

describe("numbers and base64", () => {
  it("have one spelling each", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        expect(toBase64(bytes)).toBe(text);
        expect(fromBase64(text)).toEqual(bytes);
        expect(fromBase64Url(Buffer.from(bytes).toString("base64url"))).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.base64String({ maxLength: 60 }), fc.string({ maxLength: 3 }), (text, more) => {
        const spelling = text + more;
        const bytes = fromBase64(spelling);
        if (bytes !== null) expect(toBase64(bytes)).toBe(spelling);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.maxSafeNat().map(String)), (text) => {
        const value = fromDecimal(text);
        if (value !== null) expect(String(value)).toBe(text);
      }),
    );
  });

  it("of more than 53 bits are refused", () => {
    expect(fromDecimal("9007199254740991")).toBe(2 ** 53 - 1);
    expect(fromDecimal("9007199254740992")).toBeNull();
    expect(fromDecimal("9999999999999999")).toBeNull();
  });
});

it("an error tells its code and keeps the name", () => {
  const error = new VerifyError("bad_note", "the note is too long");
  expect([error.name, error.code, error.message]).toEqual([
    "VerifyError",
    "bad_note",
    "the note is too long",
  ]);
});
