/** Tables of log/witness/: what witnesses signed, and what they are known to have seen. */
import type { Bytes } from "./bytes.ts";

export interface WitnessTables {
  /** What witnesses signed of checkpoints; `witness` is the verifier key as it is configured. */
  cosignatures: {
    log: number;
    size: number;
    witness: string;
    /** Unix seconds, by the witness's clock. */
    time: number;
    /** Time and signature as in the note's line, 72 bytes. */
    signature: Bytes;
  };
  /** How far each witness has cosigned each log, as far as we know. */
  witness_views: {
    log: number;
    witness: string;
    size: number;
    /** Whoever moves this on may ask the witness; nobody asks before. */
    due_at: number;
    failures: number;
    /** A size at which the witness knows another history than this database, or more of it. */
    conflict: number | null;
  };
}
