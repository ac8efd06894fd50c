/** The records a page holds, and how new answers join them. */
import type { ConfigSummary, RecordList, RecordSummary } from "../contract/staff/staff.ts";

export interface Loaded {
  site: RecordList["site"];
  /** Latest first, or the soonest to lapse. */
  records: RecordSummary[];
  configs: ReadonlyMap<string, ConfigSummary>;
  /** How many there are in all, where the gateway knows without counting. */
  total: number | null;
  /** Cursor of what is earlier; null at the end. */
  next: string | null;
}

export function loadedFrom(answer: RecordList): Loaded {
  return {
    site: answer.site,
    records: answer.records,
    configs: configsOf(answer),
    total: answer.total,
    next: answer.next,
  };
}

/**
 * The first page, asked for again. Where it meets what is loaded, what is earlier stays; where so much
 * is new that they do not meet, showing both would hide a gap, so only the new page is kept.
 */
export function refreshed(before: Loaded, answer: RecordList): Loaded {
  const answered = new Set(answer.records.map((record) => record.id));
  const meets = before.records.some((record) => answered.has(record.id));
  if (!meets || answer.next === null) return loadedFrom(answer);
  return {
    site: answer.site,
    records: [...answer.records, ...before.records.filter((record) => !answered.has(record.id))],
    configs: new Map([...before.configs, ...configsOf(answer)]),
    total: answer.total,
    next: before.records.length > answer.records.length ? before.next : answer.next,
  };
}

/** Earlier records behind what is loaded. */
export function extended(before: Loaded, answer: RecordList): Loaded {
  const held = new Set(before.records.map((record) => record.id));
  return {
    site: answer.site,
    records: [...before.records, ...answer.records.filter((record) => !held.has(record.id))],
    configs: new Map([...before.configs, ...configsOf(answer)]),
    total: answer.total,
    next: answer.next,
  };
}

/** How many records of `after` were not there before. */
export function countNew(before: Loaded, after: Loaded): number {
  const held = new Set(before.records.map((record) => record.id));
  const latest = before.records[0];
  if (!latest) return after.records.length;
  return after.records.filter((record) => !held.has(record.id)).length;
}

const configsOf = (answer: RecordList) =>
  new Map(answer.configs.map((config) => [config.hash, config]));
