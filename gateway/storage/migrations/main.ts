/** The main database, in order. */
import type { Migration } from "./migrate.ts";
import { tables } from "./main/001-tables.ts";
import { erasure } from "./main/003-erasure.ts";

export const mainMigrations: Migration[] = [tables, erasure];
