import type { ColumnTypes } from "../types.ts";

export function erasure({ integer, text, bytes, identity, byKey, byRow }: ColumnTypes): string[] {
  return [
    `create table erasures (
      id ${identity},
      site ${text},
      cause ${text} not null,
      subject ${bytes} unique,
      visitors ${integer} not null,
      requested_at ${integer} not null,
      destroyed_at ${integer},
      clean ${integer} not null,
      told ${integer} not null
    ) ${byRow}`,
    // What is left to do is looked for again and again; what is done stays as a note.
    `create index erasures_unfinished on erasures (id)
      where subject is not null or clean = 0 or told = 0`,
    `create table tombstones (
      log ${integer} not null,
      idx ${integer} not null,
      primary key (log, idx)
    ) ${byKey}`,
    `create table legal_holds (
      id ${identity},
      site ${text} not null,
      subject ${bytes} not null unique,
      reason ${text} not null,
      key_id ${text} not null,
      held_at ${integer} not null
    ) ${byRow}`,
  ];
}
