/**
 * Where a visitor is, as coarsely as CNIL row C1 allows: a country, at most a region. From a local
 * file in MaxMind's format, so that no address is told to anybody.
 */
import { isIP } from "node:net";
import { Reader, type Response } from "mmdb-lib";

export interface Location {
  /** ISO 3166-1 alpha-2, or null when unknown. */
  country: string | null;
  /** ISO 3166-2, such as `RU-MOW`; null when unknown or not asked for. */
  region: string | null;
}

export const nowhere: Location = { country: null, region: null };

/** How much of a location is looked at; the rest of the file is never read. */
export type LocationDetail = "country" | "region";

/**
 * Opens a file in the MaxMind DB format 2.0 (https://maxmind.github.io/MaxMind-DB/): MaxMind's own and
 * those of the same fields (`country.iso_code`, `subdivisions`), and flat ones (`country_code`).
 *
 * @returns a function of an address; it answers {@link nowhere} for what the file does not know, for
 *   the empty string and for anything else that is no address
 * @throws {Error} when the bytes are not such a file
 */
export function locationsOf(file: Buffer, detail: LocationDetail): (address: string) => Location {
  const reader = new Reader<Response & Entry>(file);
  return function locate(address) {
    if (isIP(address) === 0) return nowhere;
    const entry = reader.get(address);
    if (!entry) return nowhere;
    const country = countryCode(
      textOf(entry.country) ?? entry.country_code ?? isoCode(entry.country),
    );
    if (country === null || detail === "country") return { country, region: null };
    const subdivision = isoCode(entry.subdivisions?.[0]);
    return { country, region: regionCode(country, subdivision) };
  };
}

/** The fields that are read, in the forms in which files have them; none is relied on. */
interface Entry {
  country?: unknown;
  country_code?: unknown;
  subdivisions?: unknown[];
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

const isoCode = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "iso_code" in value ? value.iso_code : undefined;

/** What stands for "none" in proxies' headers and in files: unknown, Tor, satellites, no country. */
const noCountry: ReadonlySet<string> = new Set(["XX", "T1", "A1", "A2", "ZZ"]);

/** @returns the code when it is one of ISO 3166-1 alpha-2, in capitals; null for anything else */
export function countryCode(value: unknown): string | null {
  if (typeof value !== "string" || !/^[A-Za-z]{2}$/.test(value)) return null;
  const code = value.toUpperCase();
  return noCountry.has(code) ? null : code;
}

function regionCode(country: string, subdivision: unknown): string | null {
  const fits = typeof subdivision === "string" && /^[A-Z0-9]{1,3}$/.test(subdivision);
  return fits ? `${country}-${subdivision}` : null;
}
