import type { ColumnTypes } from "../types.ts";

export function whoPublished({ text }: ColumnTypes): string[] {
  return [`alter table timeline add column published_by ${text}`];
}
