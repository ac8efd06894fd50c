/**
 * Receipts: the evidence a visitor keeps. A tlog-proof of the record's leaf; what it opens of the record
 * beside that is for the caller to decide, since whoever has an opening can read the half.
 */
import { timingSafeEqual } from "node:crypto";
import { createCache } from "../cache.ts";
import type { Storage } from "../storage/storage.ts";
import { textOf } from "./bytes.ts";
import { locator, type Location } from "./locate.ts";
import type { LogReader, StoredRecord } from "./reader.ts";
import { proofText } from "./tree/proof-text.ts";
import type { Evidence, WitnessedPublished } from "./witness/open.ts";

/**
 * Who asks. Anybody who knows a record's id may have its leaf, which says nothing; staff see what was
 * decided; only the visitor also sees what ties it to them.
 */
export type Viewer =
  | { kind: "anybody" }
  | { kind: "staff" }
  /** The subject whose secret was shown, or null when there is none. */
  | { kind: "visitor"; subject: Uint8Array | null };

export type ReceiptAnswer =
  | { status: "ready"; text: string }
  /** The record is not in the tree yet. */
  | { status: "pending" }
  | { status: "unknown" }
  /** The visitor's half is destroyed; staff still see the rest. */
  | { status: "erased" }
  /** The record is another visitor's. */
  | { status: "foreign" }
  /** Its log was dropped; or there is no such record, and it may have been one of a log that was. */
  | { status: "dropped" };

export interface Receipts {
  /** @param recordId base64url. */
  receipt(site: string, recordId: string, viewer: Viewer): Promise<ReceiptAnswer>;
}

export interface ReceiptsDeps {
  storage: Pick<Storage, "main">;
  records: Pick<LogReader, "record" | "open">;
  published: Pick<WitnessedPublished, "byId" | "proof" | "list" | "isDropped">;
}

interface Opening {
  salt: string;
  text: string;
}

/** What the `extra` line holds. docs/log-format.md */
interface Extra extends Evidence {
  v: 1;
  leaf: string;
  decision?: Opening;
  subject?: Opening;
  /** The configuration that the decision names. */
  statement?: string;
}

export function openReceipts({ storage, records, published }: ReceiptsDeps): Receipts {
  const db = storage.main.read;
  const locate = locator(db);
  const statements = createCache<string | null>({ capacity: 200 });

  function statementOf(hash: string): Promise<string | null> {
    return statements.get(hash, async () => {
      const row = await db
        .selectFrom("configs")
        .select("statement")
        .where("hash", "=", hash)
        .executeTakeFirst();
      return row ? textOf(row.statement) : null;
    });
  }

  async function prove(
    { log, index, leaf }: Location,
    opened: Pick<Extra, "decision" | "subject" | "statement">,
  ): Promise<ReceiptAnswer> {
    const named = await published.byId(log);
    if (named && (await published.isDropped(named))) return { status: "dropped" };
    const proof = named && (await published.proof(named, index));
    if (!proof) return { status: "pending" };
    const { path, checkpoint, evidence } = proof;
    const extra: Extra = { v: 1, leaf: textOf(leaf), ...opened, ...evidence };
    const parts = { extra: JSON.stringify(extra), index, path, checkpoint: checkpoint.note };
    return { status: "ready", text: proofText(parts) };
  }

  async function openAll(
    record: StoredRecord,
    viewer: Exclude<Viewer, { kind: "anybody" }>,
  ): Promise<Pick<Extra, "decision" | "subject" | "statement"> | "erased"> {
    const subject = viewer.kind === "visitor" ? await records.open(record) : null;
    if (viewer.kind === "visitor" && !subject) return "erased";
    const statement = await statementOf(record.decision.config);
    return {
      decision: opening(record.decisionSalt, record.decisionBytes),
      ...(subject && { subject: opening(subject.salt, subject.bytes) }),
      ...(statement !== null && { statement }),
    };
  }

  return {
    async receipt(site, recordId, viewer) {
      const found = await locate(site, recordId);
      if (!found) {
        const logs = await published.list(site);
        return { status: logs.some(({ dropped }) => dropped !== null) ? "dropped" : "unknown" };
      }
      if (found.isErased && viewer.kind !== "staff") return { status: "erased" };
      if (viewer.kind === "anybody") return prove(found, {});
      const record = await records.record(site, recordId);
      if (!record) return { status: "unknown" };
      if (viewer.kind === "visitor" && !isSame(record.subject, viewer.subject))
        return { status: "foreign" };
      const opened = await openAll(record, viewer);
      return opened === "erased" ? { status: opened } : prove(found, opened);
    },
  };
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one?.length === other?.length && !!one && !!other && timingSafeEqual(one, other);
}

function opening(salt: Uint8Array, bytes: Uint8Array): Opening {
  return { salt: Buffer.from(salt).toString("base64url"), text: textOf(bytes) };
}
