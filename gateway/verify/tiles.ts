/** Tiles and entry bundles of a log (C2SP tlog-tiles): where they stand, and what is in them. */
import { hashLength } from "./bytes.ts";
import { VerifyError } from "./errors.ts";

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256;
export const fullTileBytes = tileWidth * hashLength;
/** An entry's length is a uint16. */
export const maxBundleBytes = tileWidth * (2 + 0xffff);

/** `entries` for bundles, otherwise the level: 0 holds leaf hashes, each higher one full tiles below. */
export type TileLevel = number | "entries";

/**
 * Path below the log's address: `tile/0/x001/x234/067`, `tile/entries/000.p/112`.
 * @param width of a partial tile, 1 to 255; 256 for a full one.
 */
export function tilePath(level: TileLevel, index: number, width: number): string {
  let rest = String(index);
  rest = rest.padStart(Math.ceil(rest.length / 3) * 3, "0");
  const groups = rest.match(/.{3}/g)!;
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${name}${width < tileWidth ? `.p/${width}` : ""}`;
}

/** Hashes at a level of a tree: each stands for 256^level leaves. */
function levelSize(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Width of tile `index` at a level of a tree of `size` leaves: 0 when there is none. */
export function widthOf(size: number, level: TileLevel, index: number): number {
  const hashes = level === "entries" ? size : levelSize(size, level);
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** Where an entry stands in its bundle: the byte before `start` is the length's lower half. */
export interface EntryRange {
  start: number;
  end: number;
}

/**
 * Finds the entries of a bundle (big-endian uint16 length, then the entry, repeated).
 * @param count how many there must be, no more and no fewer.
 * @throws {VerifyError} `bad_bundle`.
 */
export function bundleEntries(bundle: Uint8Array, count: number, path: string): EntryRange[] {
  const entries: EntryRange[] = [];
  let at = 0;
  while (at < bundle.length) {
    if (at + 2 > bundle.length || entries.length === count) break;
    const start = at + 2;
    at = start + ((bundle[at]! << 8) | bundle[at + 1]!);
    if (at <= bundle.length) entries.push({ start, end: at });
  }
  if (at !== bundle.length || entries.length !== count)
    throw new VerifyError("bad_bundle", `${path} does not hold exactly ${count} entries`);
  return entries;
}
