import type { ColumnTypes } from "../types.ts";

export function subjectKeys({ integer, bytes, byKey }: ColumnTypes): string[] {
  return [
    `create table subject_keys (
      map ${bytes} primary key,
      subject ${bytes} not null,
      key ${bytes} not null,
      created_at ${integer} not null
    ) ${byKey}`,
    // From a record back to its key.
    `create unique index subject_keys_by_subject on subject_keys (subject)`,
  ];
}
