import type { ColumnTypes } from "../types.ts";

export function staffPeople({ integer, text, byRow }: ColumnTypes): string[] {
  return [
    `create table staff_people (
      id ${text} primary key,
      issuer ${text} not null,
      subject ${text} not null,
      label ${text} not null,
      entitlement ${text} not null,
      signed_in_at ${integer} not null,
      unique (issuer, subject)
    ) ${byRow}`,
  ];
}
