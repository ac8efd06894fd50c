/**
 * Whether a record is what the log holds, found out here, in the officer's browser, by the independent
 * verifier. What the gateway says of its own proof counts for nothing.
 */
import type { RecordAnswer } from "../contract/staff/staff.ts";
import { utf8 } from "../verify/bytes.ts";
import { parseTrust } from "../verify/checkpoint.ts";
import { isUndecided, VerifyError } from "../verify/errors.ts";
import { jsonFields } from "../verify/json.ts";
import { webPrimitives } from "../verify/primitives.ts";
import { verifyReceipt, type Receipt } from "../verify/receipt.ts";

export type Verification =
  /** Recorded a moment ago, and not signed yet. */
  | { state: "pending" }
  /** `size`: entries of the log under the checkpoint that proves this one. */
  | { state: "verified"; size: number }
  /** `code`: the verifier's, or `other_record` when the proof is of something else than what is shown. */
  | { state: "failed"; code: string }
  /** This browser could not look at it. */
  | { state: "unchecked"; code: string };

/**
 * Verifies the receipt of a record under the key the gateway names, and that the record as shown is, field
 * for field, the one that the receipt proves.
 * @param subtle `crypto.subtle`; browsers leave it out on pages that are not served securely
 */
export async function verifyRecord(
  answer: RecordAnswer,
  subtle: typeof crypto.subtle | undefined,
): Promise<Verification> {
  const { receipt, verifierKey } = answer.proof;
  if (receipt === null || verifierKey === null) return { state: "pending" };
  try {
    const primitives = webPrimitives(subtle);
    const trust = await parseTrust(verifierKey, [], primitives);
    const proven = await verifyReceipt(utf8(receipt), trust, primitives);
    return shows(answer, proven)
      ? { state: "verified", size: proven.checkpoint.size }
      : { state: "failed", code: "other_record" };
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    return { state: isUndecided(error) ? "unchecked" : "failed", code: error.code };
  }
}

/** Whether everything the page shows of a decision is what the log committed to. */
function shows(
  { record, config }: RecordAnswer,
  { checkpoint, index, leaf, decision }: Receipt,
): boolean {
  const committed = decision === null ? null : jsonFields(decision);
  if (committed === null || leaf.kind !== "consent" || config.hash !== record.config) return false;
  const { time, validUntil, clientTime } = record;
  const shown: Record<string, unknown> = { ...record, time: clientTime, until: validUntil };
  return (
    checkpoint.origin === record.log &&
    index === record.index &&
    leaf.time === time &&
    leaf.decision === record.commitment &&
    committedFields.every((name) => JSON.stringify(shown[name]) === JSON.stringify(committed[name]))
  );
}

/** Fields of the decision half that the page shows, by their names in the log. */
const committedFields = [
  "id",
  "config",
  "time",
  "until",
  "late",
  "action",
  "place",
  "control",
  "offered",
  "documents",
  "purposes",
  "services",
  "language",
  "theme",
  "viewport",
  "gpc",
  "origin",
  "browser",
  "device",
  "country",
];
