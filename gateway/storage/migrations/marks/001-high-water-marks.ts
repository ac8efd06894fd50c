import type { ColumnTypes } from "../types.ts";

/** How far each log was signed, kept away from the database that holds the log. */
export function highWaterMarks({ integer, text, byRow }: ColumnTypes): string[] {
  return [
    `create table high_water_marks (
      origin ${text} primary key,
      size ${integer} not null,
      root ${text} not null,
      checkpoint ${text}
    ) ${byRow}`,
  ];
}
