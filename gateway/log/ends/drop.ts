/**
 * Dropping a closed log whose records tie to nobody any more: its name, its final checkpoint, the date and the
 * reason stay. From the first moment on nothing else is shown; the rows go in short steps afterwards.
 */
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import type { Retention } from "../erasure/retention.ts";

export interface DropDeps {
  main: Store<Database>;
  clock: Clock;
}

/** The log is not dropped; the message says why. */
export class DropError extends Error {
  override name = "DropError";
}

/**
 * Decides that a log is dropped. There is no way back.
 * @param reason for everybody to read.
 * @throws {DropError} it goes on, was dropped before, or holds what must be kept.
 */
export async function dropLog(
  { main, clock }: DropDeps,
  { origin, reason }: { origin: string; reason: string },
): Promise<void> {
  const log = await main.read
    .selectFrom("logs")
    .select(["id", "closed_at", "dropped_at"])
    .where("origin", "=", origin)
    .executeTakeFirst();
  if (!log) throw new DropError("there is no log of this name; soglas logs list shows them");
  if (log.closed_at === null)
    throw new DropError("this log goes on; one is closed within a minute after its year is over");
  if (log.dropped_at !== null) throw new DropError("this log was dropped before");
  const obstacle = await obstacleOf(main, log.id);
  if (obstacle !== null) throw new DropError(obstacle);
  // Nothing is appended to a closed log, and nothing that was erased comes back: what was found stays true.
  await main.transaction((trx) =>
    trx
      .updateTable("logs")
      .set({ dropped_at: clock.now(), drop_reason: reason })
      .where("id", "=", log.id)
      .where("dropped_at", "is", null)
      .execute(),
  );
}

/** What a closed log holds that must be kept, in words, or null. */
async function obstacleOf({ read }: Store<Database>, log: number): Promise<string | null> {
  const tied = () =>
    read
      .selectFrom("records")
      .select("idx")
      .where("log", "=", log)
      .where("subject", "is not", null)
      .limit(1);
  const held = await tied()
    .where("subject", "in", (eb) => eb.selectFrom("legal_holds").select("subject"))
    .executeTakeFirst();
  if (held) return "records of this log are under legal hold: they are kept until it is lifted";
  if (await tied().executeTakeFirst())
    return "records of this log still belong to visitors: retention erases them when their time is over";
  const untold = await read
    .selectFrom("tombstones")
    .select("idx")
    .where("log", "=", log)
    .limit(1)
    .executeTakeFirst();
  return untold
    ? "erasures of this log's records are not told yet: they wait for company, 14 days at most"
    : null;
}

/** Drops what a site wants dropped: logs whose newest entry is past its retention. */
export async function dropExpired(
  deps: DropDeps,
  { site, days, dropYears }: Retention,
): Promise<void> {
  if (!dropYears) return;
  const oldest = Math.floor(deps.clock.now() / 1000) - days * 86_400;
  const closed = await deps.main.read
    .selectFrom("logs")
    .select(["id", "origin", "time"])
    .where("site", "=", site)
    .where("closed_at", "is not", null)
    .where("dropped_at", "is", null)
    .where("time", "<", oldest)
    .execute();
  for (const { origin } of closed) {
    try {
      await dropLog(deps, { origin, reason: `past the site's retention of ${days} days` });
    } catch (error) {
      if (!(error instanceof DropError)) throw error;
    }
  }
}
