import type { ColumnTypes } from "../types.ts";

export function witnesses({ integer, text, bytes, byKey }: ColumnTypes): string[] {
  return [
    `create table cosignatures (
      log ${integer} not null,
      size ${integer} not null,
      witness ${text} not null,
      time ${integer} not null,
      signature ${bytes} not null,
      primary key (log, size, witness)
    ) ${byKey}`,
    `create table witness_views (
      log ${integer} not null,
      witness ${text} not null,
      size ${integer} not null,
      due_at ${integer} not null,
      failures ${integer} not null,
      conflict ${integer},
      primary key (log, witness)
    ) ${byKey}`,
  ];
}
