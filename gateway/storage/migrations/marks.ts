/** The database of the high-water marks, in order. */
import type { Migration } from "./migrate.ts";
import { highWaterMarks } from "./marks/001-high-water-marks.ts";

export const markMigrations: Migration[] = [highWaterMarks];
