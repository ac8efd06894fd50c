/** The main database, in order. */
import type { Migration } from "./migrate.ts";
import { tables } from "./main/001-tables.ts";
import { trees } from "./main/002-trees.ts";
import { erasure } from "./main/003-erasure.ts";
import { endsOfLogs } from "./main/004-ends-of-logs.ts";
import { recordIndex } from "./main/005-record-index.ts";
import { eventKeys } from "./main/006-event-keys.ts";
import { outboxByPlace } from "./main/007-outbox-by-place.ts";
import { witnesses } from "./main/008-witnesses.ts";
import { eventDays } from "./main/009-event-days.ts";
import { whoPublished } from "./main/010-who-published.ts";
import { staffPeople } from "./main/011-staff-people.ts";
import { handovers } from "./main/012-handovers.ts";

export const mainMigrations: Migration[] = [
  tables,
  trees,
  erasure,
  endsOfLogs,
  recordIndex,
  eventKeys,
  outboxByPlace,
  witnesses,
  eventDays,
  whoPublished,
  staffPeople,
  handovers,
];
