/**
 * Columns of bytes read as text. Where thousands of rows are read, a small array for each of their cells
 * costs more than the rest of the reading.
 */
import { sql, type RawBuilder } from "kysely";
import type { Engine } from "./storage.ts";

/** @param column of bytes that are UTF-8, such as `records.head`. */
export function asText<T extends string | null>(engine: Engine, column: string): RawBuilder<T> {
  const bytes = sql.ref(column);
  return engine === "sqlite" ? sql`cast(${bytes} as text)` : sql`convert_from(${bytes}, 'UTF8')`;
}

/** Hexadecimal digits, lower case on PostgreSQL and upper case on SQLite. */
export function asHex<T extends string | null>(engine: Engine, column: string): RawBuilder<T> {
  const bytes = sql.ref(column);
  return engine === "sqlite" ? sql`hex(${bytes})` : sql`encode(${bytes}, 'hex')`;
}
