/** The static files of a log (C2SP tlog-tiles), wherever they are kept, read with suspicion. */
import { hashLength, type Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import {
  bundleEntries,
  fullTileBytes,
  maxBundleBytes,
  tilePath,
  tileWidth,
  type EntryRange,
  type TileLevel,
} from "./tiles.ts";

/** Where a log is read from: a folder, an address, a map in a test. */
export interface LogFiles {
  /**
   * Reads one file.
   * @param path below the log's address: `checkpoint`, `tile/0/000`, …
   * @param limit bytes the file can have at most; a longer one may be cut off anywhere behind it.
   * @returns its bytes, or null when there is no such file.
   * @throws {VerifyError} `unreachable`: it cannot be told whether there is one.
   */
  read(path: string, limit: number): Promise<Bytes | null>;
}

/** Bytes of a checkpoint with all the cosignatures it may carry. */
const maxCheckpointBytes = 1_000_000;

/** The newest checkpoint, as served. @throws {VerifyError} `bad_note`: there is none. */
export async function readCheckpoint(files: LogFiles): Promise<Bytes> {
  const bytes = await files.read("checkpoint", maxCheckpointBytes);
  if (bytes === null) throw new VerifyError("bad_note", "the log has no checkpoint");
  return bytes;
}

/**
 * The newest checkpoint that witnesses cosigned: of a busy log the newest of all is a moment too young.
 * Null when the log has none of its own for that.
 */
export function readWitnessedCheckpoint(files: LogFiles): Promise<Bytes | null> {
  return files.read("witnessed-checkpoint", maxCheckpointBytes);
}

/**
 * Reads a tile of hashes.
 * @param width hashes needed: 256, or fewer at the right edge of the tree.
 * @throws {VerifyError} `missing_tile`, `bad_tile`.
 */
export async function readTile(
  files: LogFiles,
  level: number,
  index: number,
  width: number,
): Promise<Bytes> {
  const found = await readWidth(files, level, index, width, fullTileBytes);
  if (found === null)
    throw new VerifyError("missing_tile", `${tilePath(level, index, width)} is missing`);
  if (found.bytes.length !== found.width * hashLength)
    throw new VerifyError("bad_tile", `${found.path} does not hold ${found.width} hashes`);
  return found.bytes.subarray(0, width * hashLength);
}

export interface Bundle {
  path: string;
  /** The caller's own copy. */
  bytes: Bytes;
  entries: EntryRange[];
}

/**
 * Reads an entry bundle.
 * @param width entries needed.
 * @throws {VerifyError} `missing_bundle`, `bad_bundle`.
 */
export async function readBundle(files: LogFiles, index: number, width: number): Promise<Bundle> {
  const found = await readWidth(files, "entries", index, width, maxBundleBytes);
  if (found === null)
    throw new VerifyError("missing_bundle", `${tilePath("entries", index, width)} is missing`);
  const entries = bundleEntries(found.bytes, found.width, found.path).slice(0, width);
  return { path: found.path, bytes: found.bytes.slice(), entries };
}

/** A log may drop a partial tile once the full one is there, of which it is a prefix. */
async function readWidth(
  files: LogFiles,
  level: TileLevel,
  index: number,
  width: number,
  limit: number,
): Promise<{ path: string; bytes: Bytes; width: number } | null> {
  for (const each of width === tileWidth ? [width] : [width, tileWidth]) {
    const path = tilePath(level, index, each);
    const bytes = await files.read(path, limit);
    if (bytes !== null) return { path, bytes, width: each };
  }
  return null;
}
