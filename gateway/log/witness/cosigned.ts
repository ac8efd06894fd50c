/** The checkpoints that witnesses cosigned, and which of them says most about an entry. */
import { createCache } from "../../cache.ts";
import type { Clock } from "../../clock.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Checkpoint, NamedLog } from "../published.ts";
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

/** Rows of one checkpoint at most: witnesses are no more than 16 at a time. */
const rowsEach = 16;

export function openCosigned(deps: { storage: Pick<Storage, "main">; clock: Clock }): Cosigned {
  const db = deps.storage.main.read;
  const fresh = { clock: deps.clock, milliseconds: life };
  const newestSizes = createCache<number>({ capacity: 2000, life: fresh });
  const lineCache = createCache<string>({ capacity: 2000, life: fresh });
  /** What covers an entry may change while its neighbours are being cosigned. */
  const chosen = createCache<number | null>({
    capacity: 10_000,
    life: { clock: deps.clock, milliseconds: 10_000 },
  });
  const notes = createCache<Checkpoint | null>({
    capacity: 1000,
    life: { clock: deps.clock, milliseconds: 10_000 },
  });

  const ofLog = (log: NamedLog) => db.selectFrom("cosignatures").where("log", "=", log.id);

  const newestSize = (log: NamedLog): Promise<number> =>
    newestSizes.get(`${log.id}`, async () => {
      const row = await ofLog(log)
        .select("size")
        .orderBy("size", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.size ?? 0;
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
      const size = await newestSize(log);
      return size === 0 ? null : checkpoint(log, size);
    },
    async covering(log, index) {
      if ((await newestSize(log)) <= index) return null;
      const size = await chosen.get(`${log.id} ${index}`, async () => {
        const rows = await ofLog(log)
          .select("size")
          .where("size", ">", index)
          .orderBy("size")
          .limit(choice * rowsEach)
          .execute();
        return bestOf(rows.map((row) => row.size));
      });
      return size === null ? null : checkpoint(log, size);
    },
    async before(log, index) {
      const row = await ofLog(log)
        .select("size")
        .where("size", "<=", index)
        .orderBy("size", "desc")
        .limit(1)
        .executeTakeFirst();
      return row ? checkpoint(log, row.size) : null;
    },
  };
}

/** @param sizes one for each cosignature, smallest first. */
function bestOf(sizes: number[]): number | null {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  const first = [...counts].slice(0, choice);
  const most = Math.max(...first.map(([, count]) => count));
  return first.find(([, count]) => count === most)?.[0] ?? null;
}
