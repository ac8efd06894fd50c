/**
 * What a lost log acknowledged and never signed goes into the log that continues it: the same commitments at
 * another place and time. Everything that names the old place is told the new one.
 */
import type { Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { erasureLeaf, leafKind, redated } from "../leaf.ts";
import { moveIndex } from "./move-index.ts";

type Trx = Transaction<Database>;

/** Entries written at once. */
const pageSize = 500;

interface OldLog {
  id: number;
  origin: string;
  /** The entries from this index to before `to` are not signed. */
  from: number;
  to: number;
}

interface NewLog {
  id: number;
  /** The index they go to. */
  at: number;
  /** Their leaf time, unix seconds. */
  time: number;
}

/** A contiguous run of entries and where its first one goes. */
interface Run {
  start: number;
  /** The index after the last. */
  end: number;
  at: number;
}

/** @returns how many entries were moved. */
export async function moveUnsigned(trx: Trx, old: OldLog, fresh: NewLog): Promise<number> {
  const runs = await runsOf(trx, old, fresh.at);
  for (const run of runs) {
    await moveEntries(trx, run, { old, fresh, runs });
    await movePlaces(trx, run, { from: old.id, to: fresh.id });
  }
  await moveIndex(trx, { from: old.id, to: fresh.id }, { runs, kept: old.from });
  await trx.deleteFrom("entries").where("log", "=", old.id).where("idx", ">=", old.from).execute();
  const last = runs.at(-1);
  const next = last ? placeIn(last, last.end) : fresh.at;
  await trx.updateTable("logs").set({ next: old.from }).where("id", "=", old.id).execute();
  await trx.updateTable("logs").set({ next }).where("id", "=", fresh.id).execute();
  return next - fresh.at;
}

const placeIn = ({ start, at }: Run, index: number): number => index - start + at;

/** The entries that are there: where some are missing, what is behind the gap moves up. */
async function runsOf(trx: Trx, { id, from, to }: OldLog, at: number): Promise<Run[]> {
  const rows = await trx
    .selectFrom("entries")
    .select("idx")
    .where("log", "=", id)
    .where("idx", ">=", (await beginsAnEpoch(trx, id)) ? Math.max(1, from) : from)
    .where("idx", "<", to)
    .orderBy("idx")
    .execute();
  const runs: Run[] = [];
  rows.forEach(({ idx }, i) => {
    const last = runs.at(-1);
    if (last?.end === idx) last.end++;
    else runs.push({ start: idx, end: idx + 1, at: at + i });
  });
  return runs;
}

/** Such an entry speaks of the log that it begins: it stays behind. */
async function beginsAnEpoch(trx: Trx, log: number): Promise<boolean> {
  const first = await trx
    .selectFrom("entries")
    .select("leaf")
    .where("log", "=", log)
    .where("idx", "=", 0)
    .executeTakeFirst();
  return first !== undefined && leafKind(first.leaf) === "epoch";
}

interface Move {
  old: OldLog;
  fresh: NewLog;
  runs: Run[];
}

async function moveEntries(trx: Trx, run: Run, move: Move): Promise<void> {
  const { old, fresh } = move;
  for (let start = run.start; start < run.end; start += pageSize) {
    const rows = await trx
      .selectFrom("entries")
      .select(["idx", "leaf"])
      .where("log", "=", old.id)
      .where("idx", ">=", start)
      .where("idx", "<", Math.min(run.end, start + pageSize))
      .orderBy("idx")
      .execute();
    const moved = rows.map(({ idx, leaf }) => ({
      log: fresh.id,
      idx: placeIn(run, idx),
      leaf: movedLeaf(leaf, move),
    }));
    await trx.insertInto("entries").values(moved).execute();
  }
}

/** An erasure goes on to name the record it names: one that moved is of the new log, any other of the old. */
function movedLeaf(leaf: Uint8Array, { old, fresh, runs }: Move): Buffer {
  const { k, o, i } = JSON.parse(Buffer.from(leaf).toString("utf8")) as Record<string, unknown>;
  if (k !== "erasure" || o !== undefined || typeof i !== "number") return redated(leaf, fresh.time);
  const run = runs.find(({ start, end }) => start <= i && i < end);
  return run
    ? erasureLeaf(fresh.time, null, placeIn(run, i))
    : erasureLeaf(fresh.time, old.origin, i);
}

/** Everything that names a record, or a configuration, by its place. */
const placed = ["records", "record_ids", "configs", "tombstones", "outbox", "deliveries"] as const;

async function movePlaces(
  trx: Trx,
  run: Run,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const by = run.at - run.start;
  await trx
    .updateTable("record_ids")
    .set((eb) => ({ log: to, idx: eb("idx", "+", by) }))
    .where("site", "=", (eb) => eb.selectFrom("logs").select("site").where("id", "=", from))
    .where("id", "in", (eb) =>
      eb
        .selectFrom("records")
        .select("id")
        .where("log", "=", from)
        .where("idx", ">=", run.start)
        .where("idx", "<", run.end),
    )
    .execute();
  for (const table of placed)
    await trx
      .updateTable(table)
      .set((eb) => ({ log: to, idx: eb("idx", "+", by) }))
      .where("log", "=", from)
      .where("idx", ">=", run.start)
      .where("idx", "<", run.end)
      .execute();
}
