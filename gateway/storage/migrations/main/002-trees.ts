import type { ColumnTypes } from "../types.ts";

/** The tree over a log's entries. Entry bundles are not stored: they are the entries, side by side. */
export function trees({ integer, bytes, byKey, byRow }: ColumnTypes): string[] {
  return [
    `create table trees (
      log ${integer} primary key,
      size ${integer} not null,
      public_key ${bytes} not null,
      sealed_key ${bytes} not null
    ) ${byRow}`,
    // Rows of 8 kB: too wide to be kept in a key's own tree.
    `create table tiles (
      log ${integer} not null,
      level ${integer} not null,
      idx ${integer} not null,
      hashes ${bytes} not null,
      primary key (log, level, idx)
    ) ${byRow}`,
    `create table checkpoints (
      log ${integer} not null,
      size ${integer} not null,
      root ${bytes} not null,
      signature ${bytes} not null,
      signed_at ${integer} not null,
      primary key (log, size)
    ) ${byKey}`,
  ];
}
