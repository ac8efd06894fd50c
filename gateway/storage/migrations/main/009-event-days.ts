import type { ColumnTypes } from "../types.ts";

export function eventDays({ text }: ColumnTypes): string[] {
  return [
    // An empty day is that of events queued before; they are counted under it, and add up.
    `alter table outbox add column day ${text} not null default ''`,
    // What was forwarded under one decision.
    `create index deliveries_by_decision on deliveries (log, idx)`,
  ];
}
