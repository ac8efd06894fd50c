/** The tree as it is stored: tiles and entries in, leaf hashes and edges out. */
import type { Kysely, Transaction } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { bufferOf } from "../bytes.ts";
import { edgeTiles, type Edge } from "./edge.ts";
import { hashCount, hashLength, leafHash } from "./hash.ts";
import { IntegrityError } from "./integrity.ts";
import type { Tile } from "./tile.ts";

/** One tile, as wide as it is by now, or null. */
export async function readTile(
  db: Kysely<Database>,
  log: number,
  level: number,
  index: number,
): Promise<Buffer | null> {
  const row = await db
    .selectFrom("tiles")
    .select("hashes")
    .where("log", "=", log)
    .where("level", "=", level)
    .where("idx", "=", index)
    .executeTakeFirst();
  return row ? bufferOf(row.hashes) : null;
}

/**
 * The right edge of a log's tree at some size. Tiles may have grown since: a narrower one is a prefix.
 * @throws {IntegrityError} `missing_tile`
 */
export async function readEdge(db: Kysely<Database>, log: number, size: number): Promise<Edge> {
  const edge: Edge = [];
  for (const { level, index, width } of edgeTiles(size)) {
    const hashes = width === 0 ? Buffer.alloc(0) : await readTile(db, log, level, index);
    if (hashes === null || hashCount(hashes) < width)
      throw new IntegrityError("missing_tile", `tile ${index} of level ${level} is not there`);
    edge.push(hashes.subarray(0, width * hashLength));
  }
  return edge;
}

/** Entries `from` to before `to`. @throws {IntegrityError} `missing_entry` */
export async function readEntries(
  db: Kysely<Database>,
  log: number,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom("entries")
    .select(["idx", "leaf"])
    .where("log", "=", log)
    .where("idx", ">=", from)
    .where("idx", "<", to)
    .orderBy("idx")
    .execute();
  for (let index = from; index < to; index++)
    if (rows[index - from]?.idx !== index)
      throw new IntegrityError("missing_entry", `entry ${index} is not there`);
  return rows.map(({ leaf }) => leaf);
}

/** Hashes of these entries, side by side: of their bytes as they are stored, not as they were once seen. */
export function hashEntries(entries: Uint8Array[]): Buffer {
  return Buffer.concat(entries.map(leafHash), entries.length * hashLength);
}

/** Puts tiles in place, over narrower forms of themselves. */
export async function writeTiles(
  trx: Transaction<Database>,
  log: number,
  tiles: Tile[],
): Promise<void> {
  await trx
    .insertInto("tiles")
    .values(tiles.map(({ level, index, hashes }) => ({ log, level, idx: index, hashes })))
    .onConflict((conflict) =>
      conflict
        .columns(["log", "level", "idx"])
        .doUpdateSet({ hashes: (eb) => eb.ref("excluded.hashes") }),
    )
    .execute();
}
