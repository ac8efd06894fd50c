/** Verifies one vector through the verifier's public doors. */
import { parseTrust, verifyCheckpoint } from "../../gateway/verify/checkpoint.ts";
import { VerifyError } from "../../gateway/verify/errors.ts";
import { parseVerifierKey, signatureType } from "../../gateway/verify/key.ts";
import { verifyConsistency, verifyInclusion } from "../../gateway/verify/merkle.ts";
import { parseNote, verifyNote } from "../../gateway/verify/note.ts";
import type { Primitives } from "../../gateway/verify/primitives.ts";
import { verifyReceipt } from "../../gateway/verify/receipt.ts";
import type { Expected, Vector } from "./reference/vector.ts";

const unhex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const utf8 = (text: string) => Uint8Array.from(Buffer.from(text));

/** Any error that is not a VerifyError goes through: it is a fault of the verifier. */
export async function outcome(work: () => Promise<unknown>): Promise<Expected> {
  try {
    await work();
    return "verified";
  } catch (error) {
    if (error instanceof VerifyError) return error.code;
    throw error;
  }
}

export function check(vector: Vector, primitives: Primitives): Promise<Expected> {
  return outcome(async () => {
    switch (vector.what) {
      case "inclusion":
        return verifyInclusion(
          {
            index: vector.index,
            size: vector.size,
            leaf: unhex(vector.leaf),
            path: vector.path.map(unhex),
            root: unhex(vector.root),
          },
          primitives,
        );
      case "consistency":
        return verifyConsistency(
          {
            first: vector.first,
            second: vector.second,
            path: vector.path.map(unhex),
            firstRoot: unhex(vector.firstRoot),
            secondRoot: unhex(vector.secondRoot),
          },
          primitives,
        );
      case "note":
        return verifyNote(
          parseNote(utf8(vector.note)),
          await parseVerifierKey(vector.key, signatureType.ed25519, primitives),
          primitives,
        );
      case "checkpoint":
        return verifyCheckpoint(
          utf8(vector.note),
          await parseTrust(vector.key, vector.witnesses, primitives),
          primitives,
        );
      case "receipt":
        return verifyReceipt(
          utf8(vector.receipt),
          await parseTrust(vector.key, [], primitives),
          primitives,
        );
    }
  });
}
