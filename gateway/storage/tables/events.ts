/** Tables of events/: what is queued, and what became of everything. */
import type { Generated } from "kysely";
import type { Bytes } from "./bytes.ts";

export interface EventTables {
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
}
