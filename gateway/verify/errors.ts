/**
 * What verification can fail with. Everything a verifier reads was written by somebody else, so every
 * parser here ends in a value or in one of these codes, never in another exception.
 */

/** Why something was not verified. */
export type VerifyErrorCode =
  // notes
  | "bad_note"
  | "bad_signature"
  | "unsigned"
  | "missing_cosignature"
  // checkpoints
  | "bad_checkpoint"
  | "wrong_origin"
  | "rollback"
  | "split_view"
  // proofs and receipts
  | "bad_proof"
  | "not_included"
  | "inconsistent"
  | "bad_opening"
  | "wrong_opening"
  // exports
  | "bad_export"
  // the files of a log
  | "missing_tile"
  | "missing_bundle"
  | "bad_tile"
  | "bad_bundle"
  | "wrong_leaf_hash"
  | "wrong_tile"
  | "wrong_root"
  | "bad_leaf"
  | "wrong_order"
  | "wrong_first_leaf"
  | "wrong_epoch"
  | "bad_description"
  // the verifier's own surroundings: nothing was shown about the log
  | "bad_key"
  | "bad_state"
  | "dropped"
  | "unreachable"
  | "unsupported";

/** A statement that could not be verified. The message is plain English and names places, not contents. */
export class VerifyError extends Error {
  readonly code: VerifyErrorCode;
  constructor(code: VerifyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "VerifyError";
    this.code = code;
  }
}

/** Codes that say nothing about the log: the verifier could not look at it. */
const undecided: ReadonlySet<VerifyErrorCode> = new Set([
  "bad_key",
  "bad_state",
  "dropped",
  "unreachable",
  "unsupported",
]);

/** True when the error means "could not check", false when it means "checked, and it is wrong". */
export function isUndecided(error: VerifyError): boolean {
  return undecided.has(error.code);
}
