/**
 * Builds the trees of all logs anew from the stored entries, and compares them with everything that was
 * stored and signed: every tile, every checkpoint, every signature, and every record with its entry. Reads
 * only, beside a running gateway.
 */
import type { Storage } from "../storage/storage.ts";
import type { Guard } from "./guard/guard.ts";
import { checkRecords } from "./check-records.ts";
import { extend, rootOf, type Edge } from "./tree/edge.ts";
import { hashCount } from "./tree/hash.ts";
import { IntegrityError } from "./tree/integrity.ts";
import type { Signer } from "./tree/note.ts";
import { hashEntries, readEntries, readTile } from "./tree/rows.ts";
import { isSigned } from "./tree/signing-key.ts";
import { tileWidth, type Tile } from "./tree/tile.ts";

export interface LogCondition {
  origin: string;
  /** Entries that have their place, and those of them that are signed. */
  entries: number;
  signed: number;
  checkpoints: number;
  /** Null: it goes on. */
  end: "closed" | "continued" | "dropped" | null;
  /** The first thing that is wrong; the rest of that log was not looked at. */
  problem: IntegrityError | null;
}

interface Log {
  id: number;
  signer: Signer;
  entries: number;
  signed: number;
}

interface StoredCheckpoint {
  size: number;
  root: Uint8Array;
  signature: Uint8Array;
}

/** Entries, and checkpoints, read at once. */
const page = 4096;

export interface FsckOptions {
  storage: Pick<Storage, "main">;
  guard: Guard | null;
  /** Whether logs that are whole and have no high-water mark get one. */
  adopt: boolean;
}

/** Calls `report` with every log's condition, oldest log first. */
export async function checkLogs(
  { storage, guard, adopt }: FsckOptions,
  report: (condition: LogCondition) => void,
): Promise<void> {
  const checks = { storage, guard, adopting: adopt ? guard : null, withRecords: true };
  for (const row of await logRows(storage)) report(await conditionOf(row, checks));
}

/** The condition of one log, its tree alone; null when there is none of this name. */
export async function checkNamedLog(
  origin: string,
  checks: Pick<Checks, "storage" | "guard">,
): Promise<LogCondition | null> {
  const row = (await logRows(checks.storage)).find((each) => each.origin === origin);
  return row ? conditionOf(row, { ...checks, adopting: null, withRecords: false }) : null;
}

interface Checks {
  storage: Pick<Storage, "main">;
  guard: Pick<Guard, "check" | "mark"> | null;
  adopting: Pick<Guard, "adopt"> | null;
  withRecords: boolean;
}

type LogRow = Awaited<ReturnType<typeof logRows>>[number];

function logRows({ main }: FsckOptions["storage"]) {
  return main.read
    .selectFrom("logs")
    .leftJoin("trees", "trees.log", "logs.id")
    .select(["logs.id", "logs.origin", "logs.next", "trees.size", "trees.public_key"])
    .select(["logs.closed_by", "logs.dropped_at"])
    .orderBy("logs.id")
    .execute();
}

async function conditionOf(
  { id, origin, next, size, public_key, closed_by, dropped_at }: LogRow,
  { storage, guard, adopting, withRecords }: Checks,
): Promise<LogCondition> {
  const signer = { name: origin, publicKey: public_key ?? new Uint8Array() };
  const log = { id, signer, entries: next, signed: size ?? 0 };
  const end = endOf({ closed_by, dropped_at });
  const condition = { origin, entries: log.entries, signed: log.signed, checkpoints: 0, end };
  const standing = { log: id, origin };
  try {
    const checkpoints =
      end === "dropped" ? await checkFinal(storage, log) : await checkLog(storage, log);
    // What is signed no more need not be what was signed last: that a log is continued says it is not.
    if (end === null && adopting) await adopting.adopt(storage.main.read, standing);
    else if (end === null && (log.signed > 0 || (await guard?.mark(origin))?.size))
      await guard?.check(storage.main.read, standing);
    if (withRecords && end !== "dropped") await checkRecords(storage.main.read, log);
    return { ...condition, checkpoints, problem: null };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return { ...condition, problem: error };
  }
}

function endOf({
  closed_by,
  dropped_at,
}: Pick<LogRow, "closed_by" | "dropped_at">): LogCondition["end"] {
  if (dropped_at !== null) return "dropped";
  if (closed_by === null) return null;
  return closed_by === "epoch" ? "continued" : "closed";
}

/** Of a dropped log there is only the checkpoint it ended with. */
async function checkFinal({ main }: Pick<Storage, "main">, log: Log): Promise<number> {
  const final = await main.read
    .selectFrom("checkpoints")
    .select(["size", "root", "signature"])
    .where("log", "=", log.id)
    .where("size", "=", log.signed)
    .executeTakeFirst();
  if (!final || !isSigned(log.signer, final))
    throw new IntegrityError("wrong_key", "the final checkpoint is not there as it was signed");
  return 1;
}

/** @returns how many checkpoints were compared. @throws {IntegrityError} at the first contradiction. */
async function checkLog(storage: Pick<Storage, "main">, log: Log): Promise<number> {
  const db = storage.main.read;
  let edge: Edge = [];
  let size = 0;
  let checkpoints = 0;

  /** Adds entries up to `end` to the tree, and compares every tile that becomes full by it. */
  async function advance(end: number): Promise<void> {
    while (size < end) {
      const to = Math.min(end, size + page);
      const grown = extend(size, edge, hashEntries(await readEntries(db, log.id, size, to)));
      for (const tile of grown.tiles)
        if (hashCount(tile.hashes) === tileWidth) await compareTile(tile);
      ({ edge } = grown);
      size = to;
    }
  }

  async function compareTile({ level, index, hashes }: Tile): Promise<void> {
    const stored = await readTile(db, log.id, level, index);
    // One at the edge may have grown since the log's size was read.
    if (!stored?.subarray(0, hashes.length).equals(hashes))
      throw new IntegrityError(
        stored ? "wrong_root" : "missing_tile",
        `tile ${index} of level ${level} does not hold the hashes of the entries below it`,
      );
  }

  function compareCheckpoint(checkpoint: StoredCheckpoint): void {
    if (!rootOf(size, edge).equals(checkpoint.root))
      throw new IntegrityError(
        "wrong_root",
        `the first ${size} entries do not hash to what was signed at that size`,
      );
    if (!isSigned(log.signer, checkpoint))
      throw new IntegrityError("wrong_key", `the signature at size ${size} is not the log's`);
  }

  for (;;) {
    const some = await db
      .selectFrom("checkpoints")
      .select(["size", "root", "signature"])
      .where("log", "=", log.id)
      .where("size", ">", size)
      .where("size", "<=", log.signed)
      .orderBy("size")
      .limit(page)
      .execute();
    for (const checkpoint of some) {
      await advance(checkpoint.size);
      compareCheckpoint(checkpoint);
    }
    checkpoints += some.length;
    if (some.length < page) break;
  }
  if (size !== log.signed)
    throw new IntegrityError("wrong_root", `nothing was signed at size ${log.signed}`);
  for (const [level, hashes] of edge.entries()) {
    const index = Math.floor(size / tileWidth ** (level + 1));
    if (hashes.length > 0) await compareTile({ level, index, hashes });
  }
  // What waits for its signature must at least be there.
  for (let from = size; from < log.entries; from += page)
    await readEntries(db, log.id, from, Math.min(log.entries, from + page));
  return checkpoints;
}
