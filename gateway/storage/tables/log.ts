/** Tables of log/: logs, their entries and records, the trees over them, and what was signed. */
import type { Generated } from "kysely";
import type { Bytes } from "./bytes.ts";

export interface LogTables {
  /** One row per site, year and epoch. `next` is the lock and the source of every index. */
  logs: {
    id: Generated<number>;
    origin: string;
    site: string;
    year: number;
    /** 1, and one more each time the year's log was lost and begun anew. */
    epoch: Generated<number>;
    next: number;
    /** Leaf time of the newest entry, unix seconds: never decreases. */
    time: number;
    /** From here on nothing is appended and nothing signed. */
    closed_at: number | null;
    /** `year`: its year is over; `epoch`: it was lost, and another one continues it. */
    closed_by: string | null;
    /** From here on only the final checkpoint is shown. */
    dropped_at: number | null;
    drop_reason: string | null;
    /** When the last of its rows was gone. */
    emptied_at: number | null;
  };
  entries: { log: number; idx: number; leaf: Bytes };
  records: {
    log: number;
    idx: number;
    /** Record id, 16 bytes. */
    id: Bytes;
    /** Random subject reference, 16 bytes; null once erased. */
    subject: Bytes | null;
    /** Start of the decision half: the exact bytes the leaf commits to are these and those of `tail`. */
    head: Bytes;
    tail: number;
    decision_salt: Bytes;
    /** Sealed subject half; null once erased. */
    sealed: Bytes | null;
    counter: number;
  };
  /** Ends of decision halves, which many decisions share word for word; `hash` is their SHA-256. */
  decision_tails: { id: Generated<number>; hash: Bytes; tail: Bytes };
  /** Idempotence across logs and years: unique on (site, id). */
  record_ids: {
    site: string;
    id: Bytes;
    log: number;
    idx: number;
    /** SHA-256 of the body as received; null once erased. */
    body_hash: Bytes | null;
  };

  /** One row per log that was ever integrated: `size` entries are in its tree, and signed. */
  trees: {
    log: number;
    size: number;
    /** Ed25519, 32 bytes. */
    public_key: Bytes;
    /** PKCS #8, sealed under a key that follows from the installation secret; empty once the log is closed. */
    sealed_key: Bytes;
  };
  /** Hashes of a tile, side by side; the row of one at the right edge is replaced as it grows. */
  tiles: { log: number; level: number; idx: number; hashes: Bytes };
  /** Everything ever signed: one row per checkpoint, never changed. */
  checkpoints: { log: number; size: number; root: Bytes; signature: Bytes; signed_at: number };
}
