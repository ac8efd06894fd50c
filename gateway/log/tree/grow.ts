/** One step of a log's tree: from the size that was signed last to a larger one, ready to be signed. */
import type { Kysely, Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { bufferOf } from "../bytes.ts";
import { extend, rootOf, type Edge } from "./edge.ts";
import { emptyRoot } from "./hash.ts";
import { IntegrityError } from "./integrity.ts";
import { hashEntries, readEdge, readEntries, writeTiles } from "./rows.ts";
import type { Tile } from "./tile.ts";

/** A tree that grew, not yet stored. */
export interface Growth {
  log: number;
  /** The size it grew from. */
  from: number;
  size: number;
  root: Buffer;
  edge: Edge;
  /** What is new or wider than before. */
  tiles: Tile[];
}

/**
 * Reads the entries from `from` to before `size`, hashes them and adds them to the tree.
 * @param from the size that was signed last, 0 when none was.
 * @throws {IntegrityError} when an entry or a tile is not there, or what is stored does not hash to the
 *   root that was signed: the tree is never built on anything else.
 */
export async function grow(
  db: Kysely<Database>,
  { log, from, size }: Pick<Growth, "log" | "from" | "size">,
): Promise<Growth> {
  const edge = await readEdge(db, log, from);
  if (!rootOf(from, edge).equals(await signedRoot(db, log, from)))
    throw new IntegrityError("wrong_root", `the tree is not the one that was signed at ${from}`);
  const extended = extend(from, edge, hashEntries(await readEntries(db, log, from, size)));
  return { log, from, size, root: rootOf(size, extended.edge), ...extended };
}

/**
 * Stores a growth with its signature, if the tree is still as large as it was.
 * @param signature of the checkpoint. @param signedAt unix milliseconds.
 * @returns false when someone else was faster, or the log is closed: nothing was written.
 */
export async function storeGrowth(
  trx: Transaction<Database>,
  { log, from, size, root, tiles }: Growth,
  { signature, signedAt }: { signature: Buffer; signedAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("trees")
    .set({ size })
    .where("log", "=", log)
    .where("size", "=", from)
    // A closed log has no key any more: it may have been closed since it was read.
    .where("sealed_key", "!=", new Uint8Array())
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await writeTiles(trx, log, tiles);
  await trx
    .insertInto("checkpoints")
    .values({ log, size, root, signature, signed_at: signedAt })
    .execute();
  return true;
}

async function signedRoot(db: Kysely<Database>, log: number, size: number): Promise<Buffer> {
  if (size === 0) return emptyRoot();
  const row = await db
    .selectFrom("checkpoints")
    .select("root")
    .where("log", "=", log)
    .where("size", "=", size)
    .executeTakeFirst();
  return row ? bufferOf(row.root) : Buffer.alloc(0);
}
