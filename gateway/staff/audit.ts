/**
 * The audit trail: every staff read, sign-in and change is an entry, written before the answer leaves.
 * An entry that cannot be written fails the request: nothing is shown that was not noted.
 */
import type { Clock } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";

/** What staff can do, as the trail names it. Issue by issue this list grows; its names never change. */
export type AuditAction =
  | "session.start"
  | "session.end"
  | "sites.list"
  | "records.list"
  | "record.read"
  | "receipt.read"
  | "subject.erase"
  | "erasures.list"
  | "hold.set"
  | "holds.list"
  | "hold.lift";

export interface AuditEntry {
  keyId: string;
  action: AuditAction;
  /** The filter, in field names and values of our own: never a text a client made up. */
  detail: Record<string, string | number | boolean | null>;
  /** How many rows the answer held. */
  count: number;
}

export interface Audit {
  /** Resolves when the entry is durable. */
  note(entry: AuditEntry): Promise<void>;
}

export function openAudit(deps: { storage: Storage; clock: Clock }): Audit {
  const { main } = deps.storage;
  return {
    async note({ keyId, action, detail, count }) {
      const row = {
        at: deps.clock.now(),
        key_id: keyId,
        action,
        detail: JSON.stringify(detail),
        count,
      };
      await main.transaction((trx) => trx.insertInto("staff_audit").values(row).execute());
    },
  };
}
