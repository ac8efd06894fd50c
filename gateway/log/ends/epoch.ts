/**
 * The way on for a log that cannot be signed any further: a new log, of another origin and with a key of its
 * own, whose first entry says which log it continues, how far that one was ever signed, and why it ended.
 */
import type { Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../storage/schema.ts";
import type { Storage } from "../../storage/storage.ts";
import { checkNamedLog } from "../fsck/fsck.ts";
import { newestCheckpoint, type Guard } from "../guard/guard.ts";
import type { Mark } from "../guard/high-water.ts";
import { configLeaf, epochLeaf } from "../leaf.ts";
import { configInEffect } from "../year-log.ts";
import { moveUnsigned } from "./move.ts";

export interface EpochDeps {
  storage: Pick<Storage, "main">;
  guard: Pick<Guard, "check" | "mark"> | null;
  clock: Clock;
}

/** A checkpoint of the log that somebody else kept: a witness, an auditor, a visitor's receipt. */
export type KeptCheckpoint = Mark & { checkpoint: string };

export interface EpochRequest {
  /** Origin of the log to be continued. */
  origin: string;
  /** What happened, for everybody to read. */
  reason: string;
  elsewhere: KeptCheckpoint | null;
}

export interface NewEpoch {
  origin: string;
  site: string;
  year: number;
  epoch: number;
  /** The log it continues, and how far that was ever signed. */
  previous: { origin: string; size: number };
  /** Entries of the old log that are still here and signed. */
  kept: number;
  /** Entries that were never signed, and moved into the new log. */
  moved: number;
}

/** The log is not continued; the message says why, and what else to do. */
export class EpochError extends Error {
  override name = "EpochError";
}

/**
 * Ends a log and opens the epoch that continues it, in one transaction.
 * @throws {EpochError} there is no such log, it has ended already, or nothing is wrong with it.
 */
export async function beginEpoch(deps: EpochDeps, request: EpochRequest): Promise<NewEpoch> {
  const { main } = deps.storage;
  const log = await main.read
    .selectFrom("logs")
    .select(["id", "origin", "site", "year", "epoch"])
    .where("origin", "=", request.origin)
    .where("closed_at", "is", null)
    .executeTakeFirst();
  if (!log)
    throw new EpochError("there is no log of this name that goes on; soglas logs list shows them");
  const later = await main.read
    .selectFrom("logs")
    .select("origin")
    .where("site", "=", log.site)
    .where("id", ">", log.id)
    .executeTakeFirst();
  if (later) throw new EpochError(`only the newest log of a site is continued: ${later.origin}`);
  await refuseWhole(deps, log.id, request);
  const signed = await newestCheckpoint(main.read, { log: log.id, origin: log.origin });
  const ancestry = await ancestryOf(deps, log, [signed, request.elsewhere]);
  return main.transaction((trx) => open(trx, { log, ...ancestry, request, now: deps.clock.now() }));
}

/** A log that can go on as it is needs no epoch, and one without need would only cast doubt on it. */
async function refuseWhole(
  deps: EpochDeps,
  log: number,
  { origin, elsewhere }: EpochRequest,
): Promise<void> {
  const problem = (await checkNamedLog(origin, deps))?.problem ?? null;
  // Without its mark a log may be whole or not: whoever runs this may just not see the gateway's marks.
  const isUnmarked = problem?.code === "no_mark";
  if (problem && !isUnmarked) return;
  if (elsewhere) {
    const own = await deps.storage.main.read
      .selectFrom("checkpoints")
      .select("root")
      .where("log", "=", log)
      .where("size", "=", elsewhere.size)
      .executeTakeFirst();
    if (!own || Buffer.from(own.root).toString("base64") !== elsewhere.root) return;
  }
  if (isUnmarked)
    throw new EpochError(
      "no high-water mark of this log is seen from here, so nothing says how far it was signed: run this as the gateway's user and with its settings; where the marks are lost, say soglas fsck --adopt first",
    );
  throw new EpochError(
    elsewhere
      ? "this log is whole and holds what the given checkpoint signed: it goes on as it is"
      : "this log is whole as far as the database and its high-water mark say, and goes on as it is; if it was signed further, give a checkpoint that shows it with --checkpoint FILE",
  );
}

interface LogRow {
  id: number;
  origin: string;
  site: string;
  year: number;
  epoch: number;
}

interface Ancestry {
  final: KeptCheckpoint;
  /** Epochs that were begun and lost with the database: their numbers are used up. */
  lost: number[];
}

/**
 * The highest checkpoint known of the log's last epoch. A database from before an earlier epoch knows nothing
 * of that one; the marks do.
 */
async function ancestryOf(
  { guard }: EpochDeps,
  log: LogRow,
  known: (KeptCheckpoint | null)[],
): Promise<Ancestry> {
  const own = await guard?.mark(log.origin).catch(() => null);
  let final = highest([...known, own ?? null]);
  const lost: number[] = [];
  for (let epoch = log.epoch + 1; ; epoch++) {
    const mark = await guard?.mark(epochOrigin(log, epoch));
    if (!mark) break;
    lost.push(epoch);
    final = highest([mark]) ?? final;
  }
  if (!final)
    throw new EpochError("nothing of this log was ever signed: there is nothing to continue");
  return { final, lost };
}

/** Of several of one size the last. */
function highest(marks: (Mark | null)[]): KeptCheckpoint | null {
  let found: KeptCheckpoint | null = null;
  for (const mark of marks)
    if (mark && mark.checkpoint !== null && mark.size >= (found?.size ?? 1))
      found = { ...mark, checkpoint: mark.checkpoint };
  return found;
}

const epochOrigin = ({ origin, epoch }: LogRow, next: number): string =>
  `${epoch === 1 ? origin : origin.slice(0, origin.lastIndexOf("/"))}/e${next}`;

async function open(
  trx: Transaction<Database>,
  {
    log,
    final,
    lost,
    request,
    now,
  }: Ancestry & { log: LogRow; request: EpochRequest; now: number },
): Promise<NewEpoch> {
  const { next, time: last } = await trx
    .updateTable("logs")
    .set({ closed_at: now, closed_by: "epoch" })
    .where("id", "=", log.id)
    .where("closed_at", "is", null)
    .returning(["next", "time"])
    .executeTakeFirstOrThrow(() => new EpochError("another command has just continued this log"));
  const kept = await endTree(trx, log.id);
  const { site, year } = log;
  const time = Math.max(Math.floor(now / 1000), last);
  const common = { site, year, time };
  for (const epoch of lost)
    await trx
      .insertInto("logs")
      .values({
        ...common,
        origin: epochOrigin(log, epoch),
        epoch,
        next: 0,
        closed_at: now,
        closed_by: "epoch",
      })
      .execute();
  const epoch = (lost.at(-1) ?? log.epoch) + 1;
  const origin = epochOrigin(log, epoch);
  const { id } = await trx
    .insertInto("logs")
    .values({ ...common, origin, epoch, next: 2 })
    .returning("id")
    .executeTakeFirstOrThrow();
  const first = epochLeaf(time, final.checkpoint, request.reason);
  const second = configLeaf(time, await configInEffect(trx, site, now));
  await trx
    .insertInto("entries")
    .values([first, second].map((leaf, idx) => ({ log: id, idx, leaf })))
    .execute();
  const moved = await moveUnsigned(
    trx,
    { id: log.id, origin: log.origin, from: kept, to: next },
    { id, at: 2, time },
  );
  const previous = { origin: final.origin, size: final.size };
  return { origin, site, year, epoch, previous, kept, moved };
}

/**
 * Destroys a log's key, and returns how many of its entries are signed. Of a log that signed nothing here
 * nothing is shown at all: its name may stand under another key elsewhere.
 */
async function endTree(trx: Transaction<Database>, log: number): Promise<number> {
  const tree = await trx
    .updateTable("trees")
    .set({ sealed_key: new Uint8Array() })
    .where("log", "=", log)
    .returning("size")
    .executeTakeFirst();
  if (tree?.size === 0) await trx.deleteFrom("trees").where("log", "=", log).execute();
  return tree?.size ?? 0;
}
