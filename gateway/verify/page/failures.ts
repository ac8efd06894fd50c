/** Which sentence of the page goes with which error. */
import type { VerifyErrorCode } from "../errors.ts";

export type Failure =
  | "damaged"
  | "otherLog"
  | "forged"
  | "notIncluded"
  | "halves"
  | "witness"
  | "contradiction"
  | "logFiles"
  | "badKey"
  | "noKey"
  | "unreachable"
  | "unsupported";

export const failureOf: Record<VerifyErrorCode, Failure> = {
  bad_note: "damaged",
  bad_checkpoint: "damaged",
  bad_proof: "damaged",
  bad_export: "damaged",
  bad_opening: "damaged",
  bad_leaf: "damaged",
  unsigned: "otherLog",
  wrong_origin: "otherLog",
  bad_signature: "forged",
  not_included: "notIncluded",
  wrong_opening: "halves",
  missing_cosignature: "witness",
  rollback: "contradiction",
  split_view: "contradiction",
  inconsistent: "contradiction",
  wrong_root: "contradiction",
  wrong_order: "contradiction",
  wrong_first_leaf: "contradiction",
  wrong_epoch: "contradiction",
  wrong_leaf_hash: "logFiles",
  wrong_tile: "logFiles",
  missing_tile: "logFiles",
  missing_bundle: "logFiles",
  bad_tile: "logFiles",
  bad_bundle: "logFiles",
  bad_key: "badKey",
  bad_description: "noKey",
  bad_state: "unreachable",
  dropped: "unreachable",
  unreachable: "unreachable",
  unsupported: "unsupported",
};
