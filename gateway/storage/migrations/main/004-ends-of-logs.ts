import type { ColumnTypes } from "../types.ts";

/** How a log ends: closed, or continued in a new epoch, and later dropped. */
export function endsOfLogs({ integer, text }: ColumnTypes): string[] {
  return [
    `alter table logs add column epoch ${integer} not null default 1`,
    `alter table logs add column closed_at ${integer}`,
    `alter table logs add column closed_by ${text}`,
    `alter table logs add column dropped_at ${integer}`,
    `alter table logs add column drop_reason ${text}`,
    `alter table logs add column emptied_at ${integer}`,
  ];
}
