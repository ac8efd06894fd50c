import type { ColumnTypes } from "../types.ts";

export function eventKeys({ integer, text, bytes, byKey }: ColumnTypes): string[] {
  return [
    `create table event_keys (
      site ${text} not null,
      hash ${bytes} not null,
      seen_at ${integer} not null,
      primary key (site, hash)
    ) ${byKey}`,
    // The oldest are forgotten again and again.
    `create index event_keys_seen on event_keys (seen_at)`,
  ];
}
