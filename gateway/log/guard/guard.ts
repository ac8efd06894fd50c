/**
 * The guard against signing a second history: before a log is signed, what was signed of it last must be in
 * the database, just as it was.
 */
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { bufferOf } from "../bytes.ts";
import type { HighWater, Mark } from "./high-water.ts";
import { emptyRoot } from "../tree/hash.ts";
import { IntegrityError } from "../tree/integrity.ts";
import { checkpointNote } from "../tree/signing-key.ts";

interface GuardedLog {
  log: number;
  origin: string;
}

export interface Guard {
  /**
   * @throws {IntegrityError} `rolled_back`: more, or something else, was signed once; `no_mark`: something
   *   was signed, and nothing outside the database says how far.
   */
  check(db: Kysely<Database>, log: GuardedLog): Promise<void>;
  /** Notes what was signed, after its commit. */
  raise(mark: Mark): Promise<void>;
  /** How far a log was ever signed; null when nothing says so. */
  mark(origin: string): Promise<Mark | null>;
  /** Takes a log that has no mark as it is. @throws {IntegrityError} `rolled_back`. */
  adopt(db: Kysely<Database>, log: GuardedLog): Promise<void>;
}

export function openGuard(marks: HighWater): Guard {
  const known = new Map<string, Mark>();

  async function compare(db: Kysely<Database>, { log }: GuardedLog, mark: Mark): Promise<void> {
    // Read after the mark: another gateway may be signing.
    const size = await signedSize(db, log);
    if (mark.size > size)
      throw new IntegrityError(
        "rolled_back",
        `${mark.size} entries of this log were signed, and the database knows of ${size}`,
      );
    if (mark.size > 0 && (await signedRoot(db, log, mark.size)) !== mark.root)
      throw new IntegrityError(
        "rolled_back",
        `the first ${mark.size} entries of this log were signed with another content`,
      );
  }

  /**
   * Read anew each time: other gateways sign too, and a database may be put back while all of them run. While
   * the marks are out of reach what is known of them has to do.
   */
  async function markOf(origin: string): Promise<Mark | null> {
    const own = known.get(origin);
    let standing: Mark | null = null;
    try {
      standing = await marks.read(origin);
    } catch (error) {
      if (!own) throw error;
    }
    const mark = own && own.size >= (standing?.size ?? 0) ? own : standing;
    if (mark) known.set(origin, mark);
    return mark;
  }

  async function raise(mark: Mark): Promise<void> {
    known.set(mark.origin, mark);
    known.set(mark.origin, await marks.write(mark));
  }

  return {
    raise,
    mark: (origin) => marks.read(origin),
    async check(db, log) {
      const mark = await markOf(log.origin);
      if (mark) return compare(db, log, mark);
      const size = await signedSize(db, log.log);
      // Before anything is signed, so that a gateway killed right after its first commit leaves a mark.
      if (size === 0) {
        const root = emptyRoot().toString("base64");
        await raise({ origin: log.origin, size: 0, root, checkpoint: null });
      } else
        throw new IntegrityError(
          "no_mark",
          `${size} entries of this log were signed, and no high-water mark says whether these are all`,
        );
    },
    async adopt(db, log) {
      const mark = await marks.read(log.origin).catch(() => null);
      if (mark) return compare(db, log, mark);
      const signed = await newestCheckpoint(db, log);
      if (signed) await raise(signed);
    },
  };
}

/** What was signed last according to the database; null when nothing was. */
export async function newestCheckpoint(
  db: Kysely<Database>,
  { log, origin }: GuardedLog,
): Promise<(Mark & { checkpoint: string }) | null> {
  const row = await db
    .selectFrom("trees")
    .innerJoin("checkpoints", (join) =>
      join.onRef("checkpoints.log", "=", "trees.log").onRef("checkpoints.size", "=", "trees.size"),
    )
    .select(["trees.public_key", "checkpoints.size", "checkpoints.root", "checkpoints.signature"])
    .where("trees.log", "=", log)
    .executeTakeFirst();
  if (!row) return null;
  const checkpoint = checkpointNote({ name: origin, publicKey: row.public_key }, row);
  return { origin, size: row.size, root: bufferOf(row.root).toString("base64"), checkpoint };
}

/** The size that was signed last, 0 when none was. */
async function signedSize(db: Kysely<Database>, log: number): Promise<number> {
  const row = await db.selectFrom("trees").select("size").where("log", "=", log).executeTakeFirst();
  return row?.size ?? 0;
}

async function signedRoot(db: Kysely<Database>, log: number, size: number): Promise<string | null> {
  const row = await db
    .selectFrom("checkpoints")
    .select("root")
    .where("log", "=", log)
    .where("size", "=", size)
    .executeTakeFirst();
  return row ? bufferOf(row.root).toString("base64") : null;
}
