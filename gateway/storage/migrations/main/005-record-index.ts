import type { ColumnTypes } from "../types.ts";

/** What staff search and count by: filled from the records by gateway/staff/search/indexer.ts (ADR 004). */
export function recordIndex({ integer, text, byKey }: ColumnTypes): string[] {
  return [
    // Where the records of one kind stand. Nothing in it is about a visitor, so an erasure leaves it.
    `create table record_index (
      log ${integer} not null,
      tail ${integer} not null,
      idx ${integer} not null,
      until ${integer} not null,
      primary key (log, tail, idx)
    ) ${byKey}`,
    `create index record_index_by_lapse on record_index (log, tail, until, idx)`,
    `create table record_kinds (
      log ${integer} not null,
      tail ${integer} not null,
      records ${integer} not null,
      first_idx ${integer} not null,
      last_idx ${integer} not null,
      config ${text} not null,
      action ${text} not null,
      place ${text} not null,
      control ${text} not null,
      language ${text} not null,
      country ${text} not null,
      browser ${text} not null,
      device ${text} not null,
      purposes ${text} not null,
      services ${text} not null,
      primary key (log, tail)
    ) ${byKey}`,
    `create table indexed_logs (log ${integer} primary key, size ${integer} not null)`,
    `create table decision_counts (
      site ${text} not null,
      dimension ${text} not null,
      day ${text} not null,
      value ${text} not null,
      outcome ${text} not null,
      records ${integer} not null,
      primary key (site, dimension, day, value, outcome)
    ) ${byKey}`,
    // Whose key is for one site reads the trail of that site.
    `alter table staff_audit add column site ${text}`,
    `create index staff_audit_by_site on staff_audit (site, id)`,
  ];
}
