/** The timeline of a site: which version was published when, and from when it counts. Append-only. */
import type { Kysely, Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";

export interface TimelineEntry {
  id: number;
  version: string;
  /** Unix milliseconds, whole seconds. */
  effectiveAt: number;
}

/** The entry published last, whenever it counts. */
export async function newestEntry(
  db: Kysely<Database> | Transaction<Database>,
  site: string,
): Promise<TimelineEntry | null> {
  const row = await db
    .selectFrom("timeline")
    .select(["id", "version", "effective_at"])
    .where("site", "=", site)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? { id: row.id, version: row.version, effectiveAt: row.effective_at } : null;
}

interface NewEntry {
  version: string;
  /** Unix milliseconds. */
  publishedAt: number;
  effectiveAt: number;
  /** Number of the access key or the person that publishes; null: the command. */
  publishedBy: string | null;
}

export async function addEntry(
  trx: Transaction<Database>,
  site: string,
  { version, publishedAt, effectiveAt, publishedBy }: NewEntry,
): Promise<TimelineEntry> {
  const { id } = await trx
    .insertInto("timeline")
    .values({
      site,
      version,
      published_at: publishedAt,
      effective_at: effectiveAt,
      published_by: publishedBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, version, effectiveAt };
}

/**
 * The entries that count now or later, in order of time: the latest with `effectiveAt` ≤ now, and the
 * announced ones. Of several for one moment the one published last counts.
 */
export async function standingEntries(
  db: Kysely<Database>,
  site: string,
  now: number,
): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom("timeline")
    .select(["id", "version", "effective_at"])
    .where("site", "=", site)
    .orderBy("effective_at", "desc")
    .orderBy("id", "desc")
    .execute();
  const entries: TimelineEntry[] = [];
  for (const row of rows) {
    if (entries.at(-1)?.effectiveAt === row.effective_at) continue;
    entries.push({ id: row.id, version: row.version, effectiveAt: row.effective_at });
    if (row.effective_at <= now) break;
  }
  return entries.toReversed();
}

/** The latest moment ≤ now at which a version began to count, else the first announced one; null: never. */
export async function effectiveMoment(
  db: Kysely<Database>,
  site: string,
  version: string,
  now: number,
): Promise<number | null> {
  const rows = await db
    .selectFrom("timeline")
    .select("effective_at")
    .where("site", "=", site)
    .where("version", "=", version)
    .orderBy("effective_at", "asc")
    .execute();
  const moments = rows.map((row) => row.effective_at);
  return moments.findLast((moment) => moment <= now) ?? moments[0] ?? null;
}
