/** Tables of log/erasure/: what was erased, what the log must still say of it, and what is held. */
import type { Generated } from "kysely";
import type { Bytes } from "./bytes.ts";

export interface ErasureTables {
  /** Erasures asked for. Once over, a row says when and why, and nothing of whom. */
  erasures: {
    id: Generated<number>;
    /** Null for a key that no record was ever made with. */
    site: string | null;
    cause: string;
    /** Null from the moment nothing of the subject can be left. */
    subject: Bytes | null;
    /** Whose records were erased: 1, or as many as a retention sweep met. */
    visitors: number;
    requested_at: number;
    /** Null until records and queued events are gone. */
    destroyed_at: number | null;
    /** 1 once the files hold no residue of it. */
    clean: number;
    /** 1 once the log says so. */
    told: number;
  };
  /** Indexes of erased records that the log does not say so of yet; which visitor's is not noted. */
  tombstones: { log: number; idx: number };
  legal_holds: {
    id: Generated<number>;
    site: string;
    subject: Bytes;
    reason: string;
    /** Access key of whoever set it. */
    key_id: string;
    held_at: number;
  };
}
