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
  | "versions.list"
  | "version.read"
  | "versions.compare"
  | "version.publish"
  | "tag.read"
  | "sessions.end"
  | "records.list"
  | "record.read"
  | "replay.read"
  | "records.export"
  | "subject.read"
  | "rates.read"
  | "overview.read"
  | "events.balance"
  | "deliveries.list"
  | "audit.read"
  | "keys.list"
  | "key.create"
  | "key.revoke"
  | "receipt.read"
  | "subject.erase"
  | "erasures.list"
  | "hold.set"
  | "holds.list"
  | "hold.lift"
  | "deadletters.list"
  | "deadletters.replay"
  | "deadletters.discard";

export interface AuditEntry {
  /** The number of the key, or of the person. */
  keyId: string;
  action: AuditAction;
  /** The filter, in field names and values of our own: never a text a client made up. */
  detail: Record<string, string | number | boolean | null>;
  /** How many rows the answer held. */
  count: number;
}

/** An entry as it is read back. */
export interface NotedEntry extends AuditEntry {
  id: number;
  /** Unix milliseconds. */
  at: number;
  /** The one site it was about, or null. */
  site: string | null;
  /** What the key, or the person, is called now; null when nobody knows the number. */
  label: string | null;
}

export interface Audit {
  /** Resolves when the entry is durable. */
  note(entry: AuditEntry): Promise<void>;
  /**
   * The newest entries first.
   * @param page `sites`: what was about one of these alone, or null for everything; `before`: entries
   *   with smaller ids
   */
  list(page: {
    sites: readonly string[] | null;
    keyId?: string;
    before?: number;
    limit: number;
  }): Promise<NotedEntry[]>;
}

export function openAudit(deps: { storage: Storage; clock: Clock }): Audit {
  const { main } = deps.storage;

  /** Of keys and of people: both have their number in the trail. */
  async function labelsOf(ids: ReadonlySet<string>): Promise<Map<string, string>> {
    if (ids.size === 0) return new Map();
    const [keys, people] = await Promise.all(
      (["access_keys", "staff_people"] as const).map((table) =>
        main.read
          .selectFrom(table)
          .select(["id", "label"])
          .where("id", "in", [...ids])
          .execute(),
      ),
    );
    return new Map([...keys!, ...people!].map(({ id, label }) => [id, label]));
  }

  return {
    async note({ keyId, action, detail, count }) {
      const { site } = detail;
      const row = {
        at: deps.clock.now(),
        key_id: keyId,
        site: typeof site === "string" ? site : null,
        action,
        detail: JSON.stringify(detail),
        count,
      };
      await main.transaction((trx) => trx.insertInto("staff_audit").values(row).execute());
    },
    async list({ sites, keyId, before, limit }) {
      const rows = await main.read
        .selectFrom("staff_audit")
        .selectAll()
        .$if(sites !== null, (query) => query.where("site", "in", sites ?? []))
        .$if(keyId !== undefined, (query) => query.where("key_id", "=", keyId ?? ""))
        .$if(before !== undefined, (query) => query.where("id", "<", before ?? 0))
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      const labels = await labelsOf(new Set(rows.map(({ key_id }) => key_id)));
      return rows.map(({ key_id, action, detail, ...row }) => ({
        ...row,
        label: labels.get(key_id) ?? null,
        keyId: key_id,
        // What `note` has written.
        action: action as AuditAction,
        detail: JSON.parse(detail),
      }));
    },
  };
}
