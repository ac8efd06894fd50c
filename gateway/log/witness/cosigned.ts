/** The checkpoints that witnesses cosigned, and which of them says most about an entry. */
import { createCache } from "../../cache.ts";
import type { Clock } from "../../clock.ts";
import type { Storage } from "../../storage/storage.ts";
import type { NamedLog } from "../named-logs.ts";
import type { Checkpoint } from "../published.ts";
import { checkpointNote } from "../tree/signing-key.ts";
import { cosignatureLine } from "./cosignature.ts";

export interface Cosigned {
  /** Signature lines of all witnesses of a checkpoint; empty when there are none. */
  lines(log: NamedLog, size: number): Promise<string>;
  /** The newest checkpoint that a witness cosigned, with all its lines; null when there is none. */
  newest(log: NamedLog): Promise<Checkpoint | null>;
  /**
   * The checkpoint that dates an entry best: the first that covers it, unless one soon after it has more
   * witnesses. Null when none covers it yet.
   */
  covering(log: NamedLog, index: number): Promise<Checkpoint | null>;
  /** The last cosigned checkpoint that does not cover an entry: it was not there yet. Null when none is. */
  before(log: NamedLog, index: number): Promise<Checkpoint | null>;
}

/** Milliseconds after which it is looked whether there are newer ones. */
const life = 250;

/** Checkpoints behind the first that may take its place, for their witnesses' sake. */
const choice = 8;

/** Cosignatures of each log that are known without asking the database: those of the last minutes. */
const recentRows = 256;

/** Rows of one checkpoint at most: witnesses are no more than 16 at a time. */
const rowsEach = 16;

export function openCosigned(deps: { storage: Pick<Storage, "main">; clock: Clock }): Cosigned {
  const db = deps.storage.main.read;
  const fresh = { clock: deps.clock, milliseconds: life };
  const recents = createCache<Recent>({ capacity: 2000, life: fresh });
  const lineCache = createCache<string>({ capacity: 2000, life: fresh });
  /** What covers an entry may change while its neighbours are being cosigned. */
  const older = createCache<number[]>({
    capacity: 10_000,
    life: { clock: deps.clock, milliseconds: 10_000 },
  });
  const notes = createCache<Checkpoint | null>({
    capacity: 1000,
    life: { clock: deps.clock, milliseconds: 10_000 },
  });

  const ofLog = (log: NamedLog) => db.selectFrom("cosignatures").where("log", "=", log.id);

  const recent = (log: NamedLog): Promise<Recent> =>
    recents.get(`${log.id}`, async () => {
      const rows = await ofLog(log)
        .select("size")
        .orderBy("size", "desc")
        .limit(recentRows)
        .execute();
      const sizes = rows.map(({ size }) => size).toReversed();
      if (sizes.length < recentRows) return { sizes, isAll: true };
      // Of the smallest there may be more.
      return { sizes: sizes.filter((size) => size !== sizes[0]), isAll: false };
    });

  const lines = (log: NamedLog, size: number): Promise<string> =>
    lineCache.get(`${log.id} ${size}`, async () => {
      const rows = await ofLog(log)
        .select(["witness", "signature"])
        .where("size", "=", size)
        .orderBy("witness")
        .execute();
      return rows.map(({ witness, signature }) => cosignatureLine(witness, signature)).join("");
    });

  const checkpoint = (log: NamedLog, size: number): Promise<Checkpoint | null> =>
    notes.get(`${log.id} ${size}`, async () => {
      const row = await db
        .selectFrom("checkpoints")
        .select(["size", "root", "signature"])
        .where("log", "=", log.id)
        .where("size", "=", size)
        .executeTakeFirst();
      return row
        ? { size, note: checkpointNote(log.signer, row) + (await lines(log, size)) }
        : null;
    });

  return {
    lines,
    async newest(log) {
      const size = (await recent(log)).sizes.at(-1);
      return size === undefined ? null : checkpoint(log, size);
    },
    async covering(log, index) {
      const { sizes, isAll } = await recent(log);
      if (!((sizes.at(-1) ?? 0) > index)) return null;
      const isKnown = isAll || sizes[0]! <= index;
      const above = isKnown
        ? sizes.filter((size) => size > index)
        : await older.get(`above ${log.id} ${index}`, async () => {
            const rows = await ofLog(log)
              .select("size")
              .where("size", ">", index)
              .orderBy("size")
              .limit(choice * rowsEach)
              .execute();
            return rows.map(({ size }) => size);
          });
      return checkpoint(log, bestOf(above));
    },
    async before(log, index) {
      const { sizes, isAll } = await recent(log);
      const known = sizes.findLast((size) => size <= index);
      if (known !== undefined) return checkpoint(log, known);
      if (isAll) return null;
      const [size] = await older.get(`below ${log.id} ${index}`, async () => {
        const rows = await ofLog(log)
          .select("size")
          .where("size", "<=", index)
          .orderBy("size", "desc")
          .limit(1)
          .execute();
        return rows.map((row) => row.size);
      });
      return size === undefined ? null : checkpoint(log, size);
    },
  };
}

interface Recent {
  /** One for each cosignature, smallest first. */
  sizes: number[];
  /** Whether there are no others. */
  isAll: boolean;
}

/** @param sizes one for each cosignature, smallest first, at least one. */
function bestOf(sizes: number[]): number {
  const counts = new Map<number, number>();
  for (const size of sizes) {
    if (!counts.has(size) && counts.size === choice) break;
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)![0];
}
