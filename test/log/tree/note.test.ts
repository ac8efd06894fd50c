/** What the log signs, read by the verifier that shares nothing with it. */
import { describe, expect, it } from "vitest";
import { verifierKey } from "../../../gateway/log/tree/note.ts";
import {
  checkpointNote,
  makeSigningKey,
  openSigningKey,
} from "../../../gateway/log/tree/signing-key.ts";
import { installationSecret } from "../../../gateway/secret.ts";
import { parseTrust, verifyCheckpoint } from "../../../gateway/verify/checkpoint.ts";
import { nodePrimitives } from "../../../gateway/verify/node.ts";
import { signer } from "../../verify/reference/note.ts";

const secret = installationSecret(Buffer.alloc(32, 7));
const origin = "log.example/clinic/2026";
const root = Buffer.alloc(32, 0xfb);

function signed(size: number) {
  const key = makeSigningKey(secret, origin);
  const named = { name: origin, publicKey: key.publicKey };
  const signature = openSigningKey(secret, origin, key)(size, root);
  return { key, named, note: checkpointNote(named, { size, root, signature }) };
}

describe("a signed checkpoint", () => {
  it("is verified under the key the log names", async () => {
    const { named, note } = signed(70_000);
    const trust = await parseTrust(verifierKey(named), [], nodePrimitives);
    expect(await verifyCheckpoint(Buffer.from(note), trust, nodePrimitives)).toMatchObject({
      origin,
      size: 70_000,
      root: Uint8Array.from(root),
    });
  });

  it("has the verifier key that another implementation computes", () => {
    const { name, verifierKey: expected } = signer("example.com/soglas/2026", 1, "log");
    const publicKey = Buffer.from(expected.split("+").slice(2).join("+"), "base64").subarray(1);
    expect(verifierKey({ name, publicKey })).toBe(expected);
  });
});

describe("a signing key", () => {
  it("is another one for every log, and is not stored in the clear", () => {
    const one = makeSigningKey(secret, origin);
    const other = makeSigningKey(secret, origin);
    expect(one.publicKey).not.toEqual(other.publicKey);
    expect(one.sealed).not.toEqual(other.sealed);
    expect(one.sealed).toHaveLength(12 + 48 + 16);
  });

  it.each([
    ["another installation secret", installationSecret(Buffer.alloc(32, 8)), origin],
    ["the name of another log", secret, "log.example/clinic/2027"],
  ])("does not open with %s", (_, other, name) => {
    const key = makeSigningKey(secret, origin);
    expect(() => openSigningKey(other, name, key)).toThrow("signing key does not open");
  });

  it("does not open beside another log's public half", () => {
    const { sealed } = makeSigningKey(secret, origin);
    const { publicKey } = makeSigningKey(secret, origin);
    expect(() => openSigningKey(secret, origin, { sealed, publicKey })).toThrow(
      "signing key does not open",
    );
  });
});
