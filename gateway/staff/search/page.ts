/** What a search works with, and the page of records that it gives. */
import type { Cursor, LogReader, StoredRecord } from "../../log/reader.ts";
import type { Storage } from "../../storage/storage.ts";

/** Place of the last record of the page before; `until` in order of lapse only. */
export type Place = Cursor & { until?: number };

export interface Page {
  limit: number;
  after?: Place;
}

export interface Found {
  records: StoredRecord[];
  /** `lapse`: the soonest first; otherwise the newest first. */
  order: "newest" | "lapse";
  /** Where a further page begins, or null at the end. */
  next: Place | null;
  /** How many there are in all, where the index knows without counting. */
  total: number | null;
  /** Entries of the site's logs that the index has not seen yet. */
  unindexed: number;
}

export interface SearchDeps {
  storage: Pick<Storage, "main">;
  records: Pick<LogReader, "record" | "history" | "at" | "subjectOfConsentId">;
}
