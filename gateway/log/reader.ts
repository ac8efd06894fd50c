/** Reads records back: for the console, for receipts, for a visitor's own history. */
import type { Clock } from "../clock.ts";
import type { InstallationSecret } from "../secret.ts";
import type { Storage } from "../storage/storage.ts";
import { decodeDecision, joinDecision, type DecisionHalf } from "./decision-half.ts";
import { leafTime } from "./leaf.ts";
import type { Position } from "./log.ts";
import { recordIdBytes } from "./record.ts";
import { openSubject, type OpenedHalf } from "./subject-half.ts";
import { subjectKeys } from "./subject-keys.ts";

/** A record as it is stored, its decision half read. */
export interface StoredRecord extends Position {
  recordId: string;
  /** Leaf time, unix seconds. */
  time: number;
  decision: DecisionHalf;
  /** The exact bytes committed to, and their salt: the opening of the decision half. */
  decisionBytes: Uint8Array;
  decisionSalt: Uint8Array;
  /** Subject reference, or null once erased. */
  subject: Uint8Array | null;
  /** Sealed subject half, or null once erased. */
  sealed: Uint8Array | null;
}

/** A place to go on from: the last record of the page before. */
export type Cursor = Pick<Position, "log" | "index">;

export interface LogReader {
  /** Records of a site, the newest first, after `before` when given. */
  latest(site: string, page: { limit: number; before?: Cursor }): Promise<StoredRecord[]>;
  /** @param recordId base64url. */
  record(site: string, recordId: string): Promise<StoredRecord | null>;
  /** Records of one log at these indexes, in no particular order; what is no record is left out. */
  at(log: number, indexes: number[]): Promise<StoredRecord[]>;
  /** Every record of a subject, the oldest first. */
  history(subject: Uint8Array): Promise<StoredRecord[]>;
  /** The subject reference behind a consent id in its stored form, or null. */
  subjectOfConsentId(site: string, consentId: string): Promise<Uint8Array | null>;
  /** Opens a record's subject half; null once erased. Who may ask for it is the caller's to decide. */
  open(record: StoredRecord): Promise<OpenedHalf | null>;
}

export interface ReaderOptions {
  storage: Storage;
  secret: InstallationSecret;
  clock: Clock;
}

export function openReader({ storage, secret, clock }: ReaderOptions): LogReader {
  const keys = subjectKeys(storage.keys, secret, clock);
  const records = () =>
    storage.main.read
      .selectFrom("records")
      .innerJoin("decision_tails", "decision_tails.id", "records.tail")
      .innerJoin("logs", "logs.id", "records.log")
      .innerJoin("entries", (join) =>
        join.onRef("entries.log", "=", "records.log").onRef("entries.idx", "=", "records.idx"),
      )
      .select([
        "records.log",
        "records.idx",
        "records.subject",
        "records.head",
        "decision_tails.tail",
        "records.decision_salt",
        "records.sealed",
        "entries.leaf",
        "logs.origin",
      ]);

  return {
    async latest(site, { limit, before }) {
      const logs = await storage.main.read
        .selectFrom("logs")
        .select("id")
        .where("site", "=", site)
        .$if(before !== undefined, (query) => query.where("id", "<=", before?.log ?? 0))
        .orderBy("id", "desc")
        .execute();
      const page: StoredRecord[] = [];
      for (const { id } of logs) {
        if (page.length >= limit) break;
        const rows = await records()
          .where("records.log", "=", id)
          .$if(before?.log === id, (query) => query.where("records.idx", "<", before?.index ?? 0))
          .orderBy("records.idx", "desc")
          .limit(limit - page.length)
          .execute();
        page.push(...rows.map(stored));
      }
      return page;
    },
    async record(site, recordId) {
      const row = await records()
        .innerJoin("record_ids", (join) =>
          join
            .onRef("record_ids.log", "=", "records.log")
            .onRef("record_ids.idx", "=", "records.idx"),
        )
        .where("record_ids.site", "=", site)
        .where("record_ids.id", "=", recordIdBytes(recordId))
        .executeTakeFirst();
      return row ? stored(row) : null;
    },
    async at(log, indexes) {
      if (indexes.length === 0) return [];
      const rows = await records()
        .where("records.log", "=", log)
        .where("records.idx", "in", indexes)
        .execute();
      return rows.map(stored);
    },
    async history(subject) {
      const rows = await records()
        .where("records.subject", "=", subject)
        .orderBy("records.log")
        .orderBy("records.idx")
        .execute();
      return rows.map(stored);
    },
    subjectOfConsentId: (site, consentId) => keys.find({ site, consentId }),
    async open({ subject, sealed, recordId }) {
      if (!subject || !sealed) return null;
      const key = await keys.keyOf(subject);
      return key && openSubject(key, recordIdBytes(recordId), sealed);
    },
  };
}

function stored(row: {
  log: number;
  idx: number;
  origin: string;
  subject: Uint8Array | null;
  head: Uint8Array;
  tail: Uint8Array;
  decision_salt: Uint8Array;
  sealed: Uint8Array | null;
  leaf: Uint8Array;
}): StoredRecord {
  const bytes = joinDecision(row);
  const decision = decodeDecision(bytes);
  return {
    log: row.log,
    origin: row.origin,
    index: row.idx,
    recordId: decision.id,
    time: leafTime(row.leaf),
    decision,
    decisionBytes: bytes,
    decisionSalt: row.decision_salt,
    subject: row.subject,
    sealed: row.sealed,
  };
}
