/** Addresses of tiles and entry bundles (C2SP tlog-tiles): `0/x001/x234/067.p/12`, `entries/000`. */
import { tileWidth } from "./tile.ts";

export interface TileAddress {
  /** `entries` for bundles. */
  level: number | "entries";
  index: number;
  /** 256, or fewer for a partial one. */
  width: number;
}

/** Level, index in groups of three digits, width of a partial tile. */
const form = /^(0|[1-9]\d?|entries)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Highest level the specification knows. */
const topLevel = 63;

/**
 * Reads the part of an address behind `tile/`.
 * @returns null for anything but the one spelling of an address.
 */
export function parseTilePath(path: string): TileAddress | null {
  const [, levelText, groups, widthText] = form.exec(path) ?? [];
  if (levelText === undefined || groups === undefined) return null;
  // A leading group of zeros would be a second spelling of the same index.
  if (groups.startsWith("x000/")) return null;
  const level = levelText === "entries" ? levelText : Number(levelText);
  const width = widthText === undefined ? tileWidth : Number(widthText);
  if (level !== "entries" && level > topLevel) return null;
  if (widthText !== undefined && width >= tileWidth) return null;
  return { level, index: Number(groups.replaceAll(/[x/]/g, "")), width };
}
