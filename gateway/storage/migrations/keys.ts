/** The key store, in order. */
import type { Migration } from "./migrate.ts";
import { subjectKeys } from "./keys/001-subject-keys.ts";

export const keyMigrations: Migration[] = [subjectKeys];
