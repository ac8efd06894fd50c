/** The vectors of docs/log-format.md, written by other hands: the verifier reads them the same way. */
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64, utf8 } from "../../gateway/verify/bytes.ts";
import { parseLeaf } from "../../gateway/verify/leaf.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { parseOpening, verifyOpening } from "../../gateway/verify/opening.ts";
import record from "../log/vectors/record.json" with { type: "json" };
import { outcome } from "./check.ts";
import { configEntry, consentEntry } from "./reference/entries.ts";

const half = ({ salt, bytes }: { salt: string; bytes: string }) => ({
  salt: Buffer.from(salt, "base64url"),
  text: bytes,
});

describe("the record of docs/log-format.md", () => {
  it("has leaves that are read, and that the reference writes", () => {
    expect(parseLeaf(record.leaf)).toEqual({
      kind: "consent",
      time: 1_777_885_200,
      subject: record.subject.commitment,
      decision: record.decision.commitment,
    });
    expect(parseLeaf(record.config.leaf)).toMatchObject({ statement: record.config.hash });
    const subject = half(record.subject);
    const decision = half(record.decision);
    expect(consentEntry(1_777_885_200, subject, decision).toString()).toBe(record.leaf);
    const config = configEntry(1_777_885_200, record.config.statement);
    expect(config.toString()).toBe(record.config.leaf);
  });

  it.each(["subject", "decision"] as const)(
    "has a %s half that opens its commitment",
    async (name) => {
      const { salt, bytes, commitment } = record[name];
      const opening = parseOpening({ salt, text: bytes });
      const verdict = (as: typeof name, to: string) =>
        outcome(() => verifyOpening(as, opening, to, nodePrimitives));
      expect(await verdict(name, commitment)).toBe("verified");
      const other = name === "subject" ? "decision" : "subject";
      expect(await verdict(other, commitment)).toBe("wrong_opening");
      expect(await verdict(name, record[other].commitment)).toBe("wrong_opening");
    },
  );

  it("has a configuration whose statement hashes to its leaf", async () => {
    const hash = await nodePrimitives.sha256(utf8(record.config.statement));
    expect(toBase64(hash)).toBe(toBase64(fromBase64Url(record.config.hash)!));
  });
});
