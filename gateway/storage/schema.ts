/**
 * Every table, as Kysely sees it, one schema for both engines. Binary columns are `blob` / `bytea`,
 * moments are integer Unix milliseconds unless a name says otherwise, JSON is text.
 *
 * Three databases: the main one; the key store, which is kept, backed up and destroyed apart; and, for
 * replicas, the one with their high-water marks.
 */
import type { Bytes } from "./tables/bytes.ts";
import type { ErasureTables } from "./tables/erasure.ts";
import type { EventTables } from "./tables/events.ts";
import type { LogTables } from "./tables/log.ts";
import type { SearchTables } from "./tables/search.ts";
import type { SiteTables } from "./tables/sites.ts";
import type { StaffTables } from "./tables/staff.ts";
import type { WitnessTables } from "./tables/witnesses.ts";

export interface Database
  extends
    SiteTables,
    LogTables,
    WitnessTables,
    ErasureTables,
    EventTables,
    SearchTables,
    StaffTables {}

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
