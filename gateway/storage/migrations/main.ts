/** The main database, in order. */
import type { Migration } from "./migrate.ts";
import { tables } from "./main/001-tables.ts";

export const mainMigrations: Migration[] = [tables];
