/**
 * Every table, as Kysely sees it, one schema for both engines. Binary columns are `blob` / `bytea`,
 * moments are integer Unix milliseconds unless a name says otherwise, JSON is text.
 *
 * Two databases: the main one, and the key store, which is kept, backed up and destroyed apart.
 */
import type { Generated } from "kysely";

/** What every client code may write: node:sqlite gives Uint8Array, pg gives Buffer, a subclass of it. */
export type Bytes = Uint8Array;

export interface Database {
  // ── sites/ ────────────────────────────────────────────────────────────────
  sites: { id: string; log_name: string; created_at: number };
  /** Content-addressed: files of site versions, pieces of widget builds. */
  blobs: { hash: string; bytes: Bytes };
  /** Immutable; `hash` over the sorted list of path and SHA-256. */
  site_versions: {
    site: string;
    hash: string;
    /** site.json as published, defaults filled in. */
    configuration: string;
    configuration_hash: string;
    policy_hash: string;
    consent_hash: string;
    texts_hash: string;
    created_at: number;
  };
  version_files: { site: string; version: string; path: string; blob: string };
  /** What was published when, and from when it counts. Append-only. */
  timeline: {
    id: Generated<number>;
    site: string;
    version: string;
    published_at: number;
    effective_at: number;
  };
  widget_builds: { hash: string; manifest: string; created_at: number };
  /** Logged (version, widget build) pairs: the only configurations a decision may name. */
  configs: {
    hash: string;
    site: string;
    version: string;
    build: string;
    statement: Bytes;
    effective_at: number;
    log: number;
    idx: number;
  };

  // ── log/ ──────────────────────────────────────────────────────────────────
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

  // ── log/witness/ ──────────────────────────────────────────────────────────
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

  // ── log/erasure/ ──────────────────────────────────────────────────────────
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

  // ── events/ ───────────────────────────────────────────────────────────────
  outbox: {
    id: Generated<number>;
    site: string;
    service: string;
    /** Subject reference: the forwarder reads the latest decision with it. */
    subject: Bytes;
    log: number;
    idx: number;
    /** UTC day it was received: everything that becomes of it is counted under that day. */
    day: string;
    /** De-identified event, JSON. */
    payload: string;
    /** When the event happened, by the gateway's clock. */
    occurred_at: number;
    /** Of a dead letter, when it became one. */
    due_at: number;
    leased_until: number;
    attempts: number;
    /** `queued`, or `dead` with a reason. */
    state: string;
    reason: string | null;
  };
  /** Ids under which backends have sent events, hashed with a key, so that none counts twice. */
  event_keys: { site: string; hash: Bytes; seen_at: number };
  /** Reconciliation: what became of events, per site, service, UTC day of reception and outcome. */
  event_counts: { site: string; service: string; day: string; outcome: string; count: number };
  /** Which decision an event was forwarded under; no content. */
  deliveries: {
    site: string;
    service: string;
    day: string;
    log: number;
    idx: number;
    count: number;
  };

  // ── staff/search/ ─────────────────────────────────────────────────────────
  /** Where the records of each kind (`decision_tails`) stand, and to when each counts, unix seconds. */
  record_index: { log: number; tail: number; idx: number; until: number };
  /** Kinds that a log has records of: how many, between which two, and what the kind says. */
  record_kinds: {
    log: number;
    tail: number;
    records: number;
    first_idx: number;
    last_idx: number;
    config: string;
    action: string;
    place: string;
    control: string;
    language: string;
    /** Empty where it was not known. */
    country: string;
    /** Family, in lower case. */
    browser: string;
    device: string;
    /** ` analytics=granted media=denied `, with a space around each. */
    purposes: string;
    services: string;
  };
  /** How many entries of each log the index has seen. */
  indexed_logs: { log: number; size: number };
  /** Decisions per site, UTC day (`2026-05-04`) and what is counted of them (staff/search/counts.ts). */
  decision_counts: {
    site: string;
    dimension: string;
    day: string;
    value: string;
    outcome: string;
    records: number;
  };

  // ── staff/ ────────────────────────────────────────────────────────────────
  access_keys: {
    id: string;
    hash: Bytes;
    label: string;
    role: string;
    /** Null: every site. */
    site: string | null;
    created_at: number;
    expires_at: number | null;
    revoked_at: number | null;
  };
  sessions: {
    /** SHA-256 of the session cookie's value. */
    hash: Bytes;
    key_id: string;
    created_at: number;
    seen_at: number;
  };
  /** Who read, exported or changed what. */
  staff_audit: {
    id: Generated<number>;
    at: number;
    key_id: string;
    /** The one site it was about; null when it was about none or several. */
    site: string | null;
    action: string;
    /** The filter as JSON: field names and values of our own vocabulary only. */
    detail: string;
    count: number;
  };
}

/** Where replicas share their high-water marks: a database of its own, restored with none of the others. */
export interface MarkDatabase {
  high_water_marks: {
    origin: string;
    size: number;
    /** Root of the tree at that size, base64. */
    root: string;
    /** The signed note of that size; null while nothing is signed. */
    checkpoint: string | null;
  };
}

/** The key store: its rows are the only way from a consent id to its records, and to what they seal. */
export interface KeyDatabase {
  subject_keys: {
    /** HMAC(installation key, site ‖ consent id). */
    map: Bytes;
    subject: Bytes;
    key: Bytes;
    created_at: number;
  };
}
