/** Tables of staff/search/: an index of records and counters of decisions, both filled from the records. */

export interface SearchTables {
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
}
