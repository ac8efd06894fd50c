/**
 * What is published of the logs: checkpoints, tiles, bundles, proofs. Everything is read from what was
 * committed, and kept in memory; nothing is hashed again but the nodes inside a tile.
 */
import { createCache } from "../cache.ts";
import type { Clock } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";
import type { Signed } from "./integration.ts";
import { openNamedLogs, type NamedLog, type NamedLogs } from "./named-logs.ts";
import { encodeBundle } from "./tree/bundle.ts";
import { ragged, type Ragged } from "./tree/edge.ts";
import { hashCount, hashLength } from "./tree/hash.ts";
import { inclusionPath, proofTiles } from "./tree/inclusion.ts";
import { IntegrityError } from "./tree/integrity.ts";
import { readEdge, readEntries, readTile } from "./tree/rows.ts";
import { checkpointNote } from "./tree/signing-key.ts";
import { tileNodes, tileWidth, widthOf, type TileNodes } from "./tree/tile.ts";
import type { TileAddress } from "./tree/tile-path.ts";

export interface Checkpoint {
  size: number;
  /** The signed note. */
  note: string;
}

export interface PastCheckpoint extends Checkpoint {
  /** Unix milliseconds. */
  signedAt: number;
}

export interface Published extends NamedLogs {
  /** The newest checkpoint, at most a quarter of a second old; null before the first. */
  newest(log: NamedLog): Promise<Checkpoint | null>;
  /** Whether only the final checkpoint of a log is left; at most a quarter of a second old. */
  isDropped(log: NamedLog): Promise<boolean>;
  /** A tile of hashes or a bundle of entries, exactly as wide as asked for; null when it is not published. */
  tile(log: NamedLog, address: TileAddress): Promise<Buffer | null>;
  /** An entry's path to the root of the newest checkpoint; null while the entry is not integrated. */
  proof(log: NamedLog, index: number): Promise<{ path: Buffer[]; checkpoint: Checkpoint } | null>;
  /** Checkpoints of sizes above `after`, smallest first. */
  history(log: NamedLog, after: number, limit: number): Promise<PastCheckpoint[]>;
  /** Takes a checkpoint that was just committed. */
  publish(signed: Signed): void;
}

/** A checkpoint with what proofs under it need beside tiles. */
interface Newest extends Checkpoint {
  /** Null for a dropped log, of which nothing can be proved any more. */
  tails: Ragged | null;
  /** When it was looked up, by the clock. */
  since: number;
}

/** Milliseconds after which it is looked whether another gateway signed a newer checkpoint. */
const newestLife = 250;

/** Kept in memory: 16 kB per tile with its nodes, 43 kB per bundle. */
const capacity = { tiles: 1024, bundles: 128 };

export function openPublished(deps: { storage: Pick<Storage, "main">; clock: Clock }): Published {
  const { clock } = deps;
  const db = deps.storage.main.read;
  const tiles = createCache<TileNodes | null>({ capacity: capacity.tiles });
  const bundles = createCache<Buffer | null>({ capacity: capacity.bundles });
  const newest = new Map<number, Newest>();
  const looking = new Map<number, Promise<Newest | null>>();

  /** @param size entries the caller needs; a known checkpoint that has fewer is looked up again. */
  async function lookUp(log: NamedLog, size = 0): Promise<Newest | null> {
    const known = newest.get(log.id);
    const age = known ? clock.now() - known.since : Infinity;
    if (known && known.size >= size && age >= 0 && age < newestLife) return known;
    let look = looking.get(log.id);
    if (!look) {
      look = readNewest(log).finally(() => looking.delete(log.id));
      looking.set(log.id, look);
    }
    return look;
  }

  async function readNewest(log: NamedLog): Promise<Newest | null> {
    const since = clock.now();
    const row = await db
      .selectFrom("trees")
      .innerJoin("checkpoints", (join) =>
        join
          .onRef("checkpoints.log", "=", "trees.log")
          .onRef("checkpoints.size", "=", "trees.size"),
      )
      .innerJoin("logs", "logs.id", "trees.log")
      .select(["checkpoints.size", "checkpoints.root", "checkpoints.signature"])
      .select("logs.dropped_at")
      .where("trees.log", "=", log.id)
      .executeTakeFirst();
    if (!row) return null;
    const known = newest.get(log.id);
    const { size, root } = row;
    if (row.dropped_at !== null)
      return keep(log.id, { size, note: checkpointNote(log.signer, row), tails: null, since });
    if (known && known.size >= row.size) return keep(log.id, { ...known, since });
    const tails = ragged(size, await readEdge(db, log.id, size));
    if (!tails.at(-1)?.equals(root))
      throw new IntegrityError("wrong_root", `the tree is not the one that was signed at ${size}`);
    return keep(log.id, { size, note: checkpointNote(log.signer, row), tails, since });
  }

  /** Never goes back: a lookup may end after the one that began later. */
  function keep(log: number, checkpoint: Newest): Newest {
    const known = newest.get(log);
    if (known && known.size > checkpoint.size) return known;
    newest.set(log, checkpoint);
    return checkpoint;
  }

  /** A tile at least this wide, from memory where it is. */
  async function tileAt(log: number, level: number, index: number, width: number) {
    const key = `${log} ${level} ${index}`;
    const read = async () => {
      const hashes = await readTile(db, log, level, index);
      return hashes && tileNodes(hashes);
    };
    let tile = await tiles.get(key, read);
    if (tile && hashCount(tile.hashes) < width) {
      tiles.delete(key);
      tile = await tiles.get(key, read);
    }
    if (!tile || hashCount(tile.hashes) < width)
      throw new IntegrityError("missing_tile", `tile ${index} of level ${level} is not there`);
    return tile;
  }

  return {
    ...openNamedLogs(db),
    isDropped: async (log) => (await lookUp(log))?.tails === null,
    newest: lookUp,
    async tile(log, { level, index, width }) {
      const leaves = (index * tileWidth + width) * tileWidth ** (level === "entries" ? 0 : level);
      if (!Number.isSafeInteger(leaves)) return null;
      const checkpoint = await lookUp(log, leaves);
      if (!checkpoint?.tails || checkpoint.size < leaves) return null;
      if (level !== "entries")
        return (await tileAt(log.id, level, index, width)).hashes.subarray(0, width * hashLength);
      return bundles.get(`${log.id} ${index} ${width}`, async () => {
        const from = index * tileWidth;
        return encodeBundle(await readEntries(db, log.id, from, from + width));
      });
    },
    async proof(log, index) {
      const checkpoint = await lookUp(log, index + 1);
      if (!checkpoint?.tails || checkpoint.size <= index) return null;
      const { size, tails } = checkpoint;
      const needed = await Promise.all(
        proofTiles(index, size).map((tile) => {
          const width = widthOf(size, tile.level, tile.index);
          return width === 0 ? null : tileAt(log.id, tile.level, tile.index, width);
        }),
      );
      return { path: inclusionPath(index, size, needed, tails), checkpoint };
    },
    async history(log, after, limit) {
      const rows = await db
        .selectFrom("checkpoints")
        .select(["size", "root", "signature", "signed_at"])
        .where("log", "=", log.id)
        .where("size", ">", after)
        .orderBy("size")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        size: row.size,
        note: checkpointNote(log.signer, row),
        signedAt: row.signed_at,
      }));
    },
    publish({ log, size, root, edge, signature, signer }) {
      const note = checkpointNote(signer, { size, root, signature });
      keep(log, { size, note, tails: ragged(size, edge), since: clock.now() });
    },
  };
}
