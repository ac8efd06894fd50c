/** One file of test/verify/vectors: an input, and what verifying it must end in. */
import type { VerifyErrorCode } from "../../../gateway/verify/errors.ts";

/** `verified`, or the code of the error. */
export type Expected = "verified" | VerifyErrorCode;

interface VectorBase {
  about: string;
  expect: Expected;
}

/** Hashes in hex, proofs from the leaf upwards. */
export interface InclusionVector extends VectorBase {
  what: "inclusion";
  index: number;
  size: number;
  leaf: string;
  path: string[];
  root: string;
}

export interface ConsistencyVector extends VectorBase {
  what: "consistency";
  first: number;
  second: number;
  path: string[];
  firstRoot: string;
  secondRoot: string;
}

/** A signed note and the key of its signer. */
export interface NoteVector extends VectorBase {
  what: "note";
  key: string;
  note: string;
}

/** A checkpoint, the key of its log, and keys of witnesses that must have cosigned it. */
export interface CheckpointVector extends VectorBase {
  what: "checkpoint";
  key: string;
  witnesses: string[];
  note: string;
}

/** A receipt (tlog-proof) and the key of its log. */
export interface ReceiptVector extends VectorBase {
  what: "receipt";
  key: string;
  receipt: string;
}

export type Vector =
  | InclusionVector
  | ConsistencyVector
  | NoteVector
  | CheckpointVector
  | ReceiptVector;

/** Name of the file, without `.json`, to its vector. */
export type Vectors = Record<string, Vector>;
