/** Builds a log's tree anew from its stored entries, and compares it with every tile and every checkpoint. */
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { extend, rootOf, type Edge } from "../tree/edge.ts";
import { hashCount } from "../tree/hash.ts";
import { IntegrityError } from "../tree/integrity.ts";
import type { Signer } from "../tree/note.ts";
import { hashEntries, readEntries, readTile } from "../tree/rows.ts";
import { isSigned } from "../tree/signing-key.ts";
import { tileWidth, type Tile } from "../tree/tile.ts";

export interface StoredLog {
  id: number;
  signer: Signer;
  /** Entries that have their place, and those of them that are signed. */
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

/** Of a dropped log there is only the checkpoint it ended with. @throws {IntegrityError} `wrong_key` */
export async function checkFinal(db: Kysely<Database>, log: StoredLog): Promise<number> {
  const final = await db
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
export async function checkTree(db: Kysely<Database>, log: StoredLog): Promise<number> {
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
