/** Primitives on Node: its one-shot hash, which is what makes a whole log quick to verify. */
import { createHash, hash } from "node:crypto";
import { hashLength } from "./bytes.ts";
import type { ExportPrimitives } from "./export/export.ts";
import type { LogPrimitives } from "./log.ts";
import { webPrimitives } from "./primitives.ts";

/**
 * The digest as a string of bytes: Node 24 hands it over six times as fast as in a Buffer of its own
 * (measured: 0.3 µs against 1.7 µs).
 */
function hashInto(data: Uint8Array, target: Uint8Array, offset: number): void {
  const digest = hash("sha256", data, "binary");
  for (let i = 0; i < hashLength; i++) target[offset + i] = digest.charCodeAt(i);
}

export const nodePrimitives: LogPrimitives = {
  ed25519: webPrimitives(crypto.subtle).ed25519,
  hashInto,
  sha256(data) {
    const digest = new Uint8Array(hashLength);
    hashInto(data, digest, 0);
    return digest;
  },
  texts(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return (start, end) => buffer.toString("latin1", start, end);
  },
};

/** What exports need beside: one digest over a file of any length. */
export const nodeExportPrimitives: ExportPrimitives = {
  ...nodePrimitives,
  digest() {
    const digest = createHash("sha256");
    return {
      update: (bytes) => void digest.update(bytes),
      end: () => new Uint8Array(digest.digest()),
    };
  },
};
