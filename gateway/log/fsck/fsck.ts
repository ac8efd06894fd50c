/**
 * Builds the trees of all logs anew from the stored entries, and compares them with everything that was
 * stored and signed: every tile, every checkpoint, every signature, and every record with its entry. Reads
 * only, beside a running gateway.
 */
import type { Storage } from "../../storage/storage.ts";
import type { Guard } from "../guard/guard.ts";
import { IntegrityError } from "../tree/integrity.ts";
import { checkRecords } from "./records.ts";
import { checkFinal, checkTree } from "./tree.ts";

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
  const db = storage.main.read;
  try {
    const checkpoints = end === "dropped" ? await checkFinal(db, log) : await checkTree(db, log);
    // What is signed no more need not be what was signed last: that a log is continued says it is not.
    if (end === null && adopting) await adopting.adopt(db, standing);
    else if (end === null && (log.signed > 0 || (await guard?.mark(origin))?.size))
      await guard?.check(db, standing);
    if (withRecords && end !== "dropped") await checkRecords(db, log);
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
