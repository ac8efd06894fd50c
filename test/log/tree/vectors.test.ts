import { randomBytes } from "node:crypto";
/** The vectors of docs/log-format.md from the tree on, which test/verify/reference wrote. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nonceLength, seal } from "../../../gateway/log/seal.ts";
import { encodeBundle } from "../../../gateway/log/tree/bundle.ts";
import { extend, ragged, rootOf } from "../../../gateway/log/tree/edge.ts";
import { inclusionPath } from "../../../gateway/log/tree/inclusion.ts";
import { verifierKey } from "../../../gateway/log/tree/note.ts";
import { proofText } from "../../../gateway/log/tree/proof-text.ts";
import { hashEntries } from "../../../gateway/log/tree/rows.ts";
import { checkpointNote, openSigningKey } from "../../../gateway/log/tree/signing-key.ts";
import { tileNodes } from "../../../gateway/log/tree/tile.ts";
import { parseTrust } from "../../../gateway/verify/checkpoint.ts";
import { nodePrimitives } from "../../../gateway/verify/node.ts";
import { verifyReceipt } from "../../../gateway/verify/receipt.ts";
import { signerOf } from "../../verify/reference/note.ts";
import { secret } from "../load.ts";

const folder = join(import.meta.dirname, "../vectors");
const vector: {
  origin: string;
  /** The secret half of the signing key. */
  seed: string;
  verifierKey: string;
  entries: string[];
  checkpoint: string;
  tiles: Record<string, string>;
  receipts: Record<"plain" | "staff" | "visitor", string>;
} = JSON.parse(await readFile(join(folder, "tree.json"), "utf8"));

/** The vector's key, as a gateway stores it. */
function key() {
  const { privateKey, verifierKey } = signerOf(
    vector.origin,
    1,
    Buffer.from(vector.seed, "base64url"),
  );
  const publicKey = Buffer.from(verifierKey.split("+").slice(2).join("+"), "base64").subarray(1);
  const bytes = privateKey.export({ format: "der", type: "pkcs8" });
  const wrapping = secret.derive("log-wrap", vector.origin);
  return { publicKey, sealed: seal(wrapping, bytes, randomBytes(nonceLength)) };
}

describe("vector tree.json", () => {
  const leaves = hashEntries(vector.entries.map((entry) => Buffer.from(entry)));
  const { edge, tiles } = extend(0, [], leaves);

  it("is what the gateway signs and publishes for the same entries", () => {
    const stored = key();
    const signer = { name: vector.origin, publicKey: stored.publicKey };
    const root = rootOf(2, edge);
    const signature = openSigningKey(secret, vector.origin, stored)(2, root);
    expect(verifierKey(signer)).toBe(vector.verifierKey);
    expect(checkpointNote(signer, { size: 2, root, signature })).toBe(vector.checkpoint);
    expect(vector.tiles).toEqual({
      "tile/0/000.p/2": tiles[0]!.hashes.toString("base64"),
      "tile/entries/000.p/2": encodeBundle(
        vector.entries.map((entry) => Buffer.from(entry)),
      ).toString("base64"),
    });
  });

  it.each(["plain", "staff", "visitor"] as const)("has the gateway's %s receipt", (name) => {
    const text = vector.receipts[name];
    const extra = Buffer.from(/^extra (.*)$/m.exec(text)![1]!, "base64").toString();
    const path = inclusionPath(1, 2, [tileNodes(tiles[0]!.hashes)], ragged(2, edge));
    expect(proofText({ extra, index: 1, path, checkpoint: vector.checkpoint })).toBe(text);
  });

  it.each(["plain", "staff", "visitor"] as const)(
    "has a %s receipt that verifies",
    async (name) => {
      const trust = await parseTrust(vector.verifierKey, [], nodePrimitives);
      const receipt = await verifyReceipt(
        Buffer.from(vector.receipts[name]),
        trust,
        nodePrimitives,
      );
      expect(receipt.decision === null).toBe(name === "plain");
      expect(receipt.statement === null).toBe(name === "plain");
      expect(receipt.subject === null).toBe(name !== "visitor");
    },
  );

  it("is the example of the document", async () => {
    const document = await readFile(join(folder, "../../../docs/log-format.md"), "utf8");
    for (const text of [
      vector.checkpoint,
      vector.verifierKey,
      vector.receipts.plain,
      ...vector.entries,
    ])
      expect(document).toContain(text);
  });
});
