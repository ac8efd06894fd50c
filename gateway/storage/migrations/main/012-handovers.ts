import type { ColumnTypes } from "../types.ts";

export function handovers({ integer, text, bytes, byKey }: ColumnTypes): string[] {
  return [
    `create table handovers (
      code ${bytes} primary key,
      site ${text} not null,
      origin ${text} not null,
      choice ${text} not null,
      expires_at ${integer} not null
    ) ${byKey}`,
    "create index handovers_by_expiry on handovers (expires_at)",
  ];
}
