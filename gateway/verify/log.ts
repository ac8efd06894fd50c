/**
 * A whole log, verified: the signature, every entry against its tile, every tile against the tiles
 * above it, the root over all of them, the rules between entries, and every earlier checkpoint.
 */
import { equal, fromUtf8, hashLength, type Bytes } from "./bytes.ts";
import {
  verifyCheckpoint,
  type Checkpoint,
  type Trust,
  type VerifiedCheckpoint,
} from "./checkpoint.ts";
import { openChronicle, type Contents } from "./chronicle.ts";
import { checkHistory, checkRoot } from "./history.ts";
import { VerifyError } from "./errors.ts";
import {
  readBundle,
  readCheckpoint,
  readTile,
  readWitnessedCheckpoint,
  type Bundle,
  type LogFiles,
} from "./log-files.ts";
import type { Primitives } from "./primitives.ts";
import { readAhead } from "./read-ahead.ts";
import { tilePath, tileWidth, widthOf } from "./tiles.ts";
import { openTree, type BuiltTile, type HashInto } from "./tree.ts";

/** What a whole log is verified with: fast forms beside the usual ones. */
export interface LogPrimitives extends Primitives {
  hashInto: HashInto;
  /** Gives a function that reads a range of these bytes as text, one character per byte. */
  texts(bytes: Bytes): (start: number, end: number) => string;
}

export interface LogReport extends Contents {
  checkpoint: Checkpoint;
  /** What the witnesses that were asked for cosigned, perhaps a little smaller; null when none was. */
  witnessed: VerifiedCheckpoint | null;
  /** The signed note, as served. */
  note: string;
}

/** Tiles, with their bundles, read ahead of the checking. */
const ahead = 16;

/**
 * Verifies a log from its files.
 * @param trust keys from elsewhere, never from the files themselves.
 * @param earlier verified checkpoints of the same log, from other times or other places: the log must
 *   still begin with exactly what each of them signed.
 * @throws {VerifyError} on the first thing that is wrong, or out of reach.
 */
export async function verifyLog(
  files: LogFiles,
  trust: Trust,
  earlier: Checkpoint[],
  primitives: LogPrimitives,
): Promise<LogReport> {
  // Before the newest, so that it cannot be the younger one of the two.
  const kept = trust.witnesses.length > 0 ? await readWitnessedCheckpoint(files) : null;
  const note = await readCheckpoint(files);
  const logTrust = { log: trust.log, witnesses: [] };
  const { cosignatures: _, ...checkpoint } = await verifyCheckpoint(note, logTrust, primitives);
  const witnessed = await witnessedOf(note, kept, trust, primitives);
  const { size } = checkpoint;
  const history = checkHistory(checkpoint, witnessed ? [...earlier, witnessed] : earlier);
  const tree = openTree(primitives.hashInto);
  const chronicle = openChronicle(checkpoint.origin);

  let edge: Bytes = new Uint8Array(0);
  let index = 0;
  const pairs = readAhead(Math.ceil(size / tileWidth), ahead, (index) => {
    const width = widthOf(size, 0, index);
    return Promise.all([readTile(files, 0, index, width), readBundle(files, index, width)]);
  });
  for await (const [tile, bundle] of pairs) {
    checkEntries(tile, bundle, primitives, (text) => chronicle.add(text));
    const start = index * tileWidth;
    history.reach(start + tile.length / hashLength, (at) =>
      tree.root(tile.subarray(0, (at - start) * hashLength)),
    );
    index++;
    if (start + tileWidth > size) edge = tile;
    else for (const above of tree.addTile(tile)) await checkTile(files, above);
  }
  checkRoot(checkpoint, tree.root(edge));
  for (const above of tree.edge()) await checkTile(files, above);
  return {
    checkpoint,
    witnessed,
    note: fromUtf8(note, "bad_note", "the note"),
    ...chronicle.contents(),
  };
}

/**
 * The newest checkpoint, if every witness cosigned it, or the one that the log keeps for that.
 * @throws {VerifyError} `missing_cosignature`: neither carries all that was asked for.
 */
async function witnessedOf(
  newest: Bytes,
  kept: Bytes | null,
  trust: Trust,
  primitives: LogPrimitives,
): Promise<VerifiedCheckpoint | null> {
  if (trust.witnesses.length === 0) return null;
  try {
    return await verifyCheckpoint(newest, trust, primitives);
  } catch (error) {
    const isMissing = error instanceof VerifyError && error.code === "missing_cosignature";
    if (!isMissing || kept === null) throw error;
    return verifyCheckpoint(kept, trust, primitives);
  }
}

/** Every entry of a bundle hashes to its place in the tile (leaf = SHA-256(0x00 ‖ entry)). */
function checkEntries(
  tile: Bytes,
  { path, bytes, entries }: Bundle,
  { hashInto, texts }: LogPrimitives,
  add: (text: string) => void,
): void {
  const text = texts(bytes);
  const hashes = new Uint8Array(entries.length * hashLength);
  const leaves = entries.map(({ start, end }) => text(start, end));
  for (const [i, { start, end }] of entries.entries()) {
    // The length has been read: its last byte becomes the leaf prefix, and nothing is copied.
    bytes[start - 1] = 0;
    hashInto(bytes.subarray(start - 1, end), hashes, i * hashLength);
  }
  if (!equal(hashes, tile))
    throw new VerifyError(
      "wrong_leaf_hash",
      `an entry of ${path} is not the one its tile has the hash of`,
    );
  for (const leaf of leaves) add(leaf);
}

/** A tile above the leaves is what its full tiles below hash to. */
async function checkTile(files: LogFiles, built: BuiltTile): Promise<void> {
  const { level, index, width } = built;
  if (!equal(await readTile(files, level, index, width), built.hashes))
    throw new VerifyError(
      "wrong_tile",
      `${tilePath(level, index, width)} does not hold the hashes of the tiles below it`,
    );
}
