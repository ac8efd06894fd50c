/** Cosignatures as the log reads them, against lines of another implementation. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cosignatureLine,
  parseWitnessKey,
  readCosignature,
} from "../../../gateway/log/witness/cosignature.ts";
import * as reference from "../../verify/reference/note.ts";

const signer = reference.signer("witness.example/w1", 4, "witness");
const other = reference.signer("witness.example/w1", 4, "another");
const key = parseWitnessKey(signer.verifierKey)!;
const text = "example.com/log\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n";
const line = reference.cosignatureLine(text, signer, 1_777_885_200);

describe("a cosignature", () => {
  it("is read, and written again as it was", () => {
    const read = readCosignature(line, key, text)!;
    expect(read.time).toBe(1_777_885_200);
    expect(cosignatureLine(signer.verifierKey, read.signature)).toBe(line);
  });

  it("is found among the lines of others", () => {
    const lines = reference.cosignatureLine(text, other, 5) + reference.signatureLine(text, other);
    expect(readCosignature(lines + line, key, text)?.time).toBe(1_777_885_200);
    expect(readCosignature(lines, key, text)).toBeNull();
  });

  it("over another checkpoint, or without its time, is none", () => {
    expect(readCosignature(line, key, text.replace("\n1\n", "\n2\n"))).toBeNull();
    expect(readCosignature(reference.signatureLine(text, signer), key, text)).toBeNull();
  });

  it("with a bit flipped is none", () => {
    const bytes = Buffer.from(line);
    for (let bit = 0; bit < (bytes.length - 1) * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(readCosignature(flipped.toString(), key, text), `bit ${bit}`).toBeNull();
    }
  });

  it("has the time where the specification's example has it", () => {
    // C2SP tlog-cosignature: the line of witness.example.com/w1, and `time 1679315147` of its message.
    const example =
      "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
    const bytes = Buffer.from(example, "base64");
    expect(bytes.length).toBe(76);
    const written = cosignatureLine("witness.example.com/w1+8d66cf3f+", bytes.subarray(4));
    expect(written).toBe(`— witness.example.com/w1 ${example}\n`);
    expect(bytes.readBigUInt64BE(4)).toBe(1_679_315_147n);
  });

  it("is not made out of anything else", () => {
    fc.assert(
      fc.property(fc.string(), fc.base64String(), (lines, encoded) => {
        expect(readCosignature(lines, key, text)).toBeNull();
        expect(readCosignature(`— ${signer.name} ${encoded}\n`, key, text)).toBeNull();
      }),
    );
  });
});

describe("a witness's key", () => {
  it("is of a witness, and its id its own", () => {
    const log = reference.signer("witness.example/w1", 1, "witness");
    for (const wrong of [
      log.verifierKey,
      signer.verifierKey.replace("w1", "w2"),
      ` ${signer.verifierKey}`,
      `${signer.verifierKey}=`,
      signer.verifierKey.slice(0, -1),
      "",
    ])
      expect(parseWitnessKey(wrong), wrong).toBeNull();
  });

  it("is nothing else, whatever is given", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, rest) => {
        expect(parseWitnessKey(`${name}+${rest}+BA`)).toBeNull();
      }),
    );
  });
});
