/**
 * Transparency log proofs (C2SP tlog-proof): the file a visitor keeps.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra <base64>
 *     index <decimal>
 *     <base64 hash>            sibling of the leaf first
 *
 *     <checkpoint, verbatim>
 */
import { fromBase64, fromDecimal, fromUtf8, hashLength, utf8, type Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import { maxProofLength } from "./merkle.ts";

export interface LogProof {
  /** What the proof's maker added; not authenticated by the proof. */
  extra: Bytes | null;
  index: number;
  /** Sibling of the leaf first. */
  path: Bytes[];
  /** The signed note, byte for byte. */
  checkpoint: Bytes;
}

/** Characters; a receipt with both openings has about 3,000. */
const maxLength = 2_000_000;

/**
 * Takes a proof apart; nothing in it is checked yet.
 * @throws {VerifyError} `bad_proof`.
 */
export function parseProof(bytes: Uint8Array): LogProof {
  if (bytes.length > maxLength) throw new VerifyError("bad_proof", "the file is too long");
  const text = fromUtf8(bytes, "bad_proof", "the file");
  const split = text.indexOf("\n\n");
  const lines = text.slice(0, Math.max(split, 0)).split("\n");
  if (split < 0 || lines.shift() !== "c2sp.org/tlog-proof@v1")
    throw new VerifyError("bad_proof", "this is not a receipt (c2sp.org/tlog-proof@v1)");

  let extra: Bytes | null = null;
  if (lines[0]?.startsWith("extra ") === true) {
    extra = fromBase64(lines.shift()!.slice("extra ".length));
    if (extra === null || extra.length === 0)
      throw new VerifyError("bad_proof", "the receipt's extra line is not base64");
  }
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? fromDecimal(indexLine.slice(6)) : null;
  if (index === null)
    throw new VerifyError("bad_proof", "the receipt does not say at which index its record stands");
  if (lines.length > maxProofLength)
    throw new VerifyError("bad_proof", "the receipt has too many hashes");
  const path = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash === null || hash.length !== hashLength)
      throw new VerifyError("bad_proof", "a hash of the receipt is not 32 bytes of base64");
    return hash;
  });
  return { extra, index, path, checkpoint: utf8(text.slice(split + 2)) };
}
