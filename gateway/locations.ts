/** The file of locations as it is now: operators replace it weekly, and nothing has to be restarted. */
import { readFile, stat } from "node:fs/promises";
import type { Clock } from "./clock.ts";
import type { Logger } from "./logger.ts";
import { locationsOf, nowhere, type Location, type LocationDetail } from "./privacy/location.ts";

export interface LocationFile {
  path: string;
  detail: LocationDetail;
}

/** Milliseconds between two looks at the file's time of change. */
const interval = 60_000;

/**
 * Reads the file, and again when it has changed. One that is gone or damaged later is logged and leaves
 * the last good one in use.
 *
 * @param file null: every location is unknown
 * @returns a function of an address, which never throws
 * @throws {Error} when the file cannot be read or is not in MaxMind's format; the message says so
 */
export async function openLocations(
  file: LocationFile | null,
  { clock, logger }: { clock: Clock; logger: Logger },
): Promise<(address: string) => Location> {
  if (file === null) return () => nowhere;
  const { path, detail } = file;
  let current = await read(path, detail).catch((error: unknown) => {
    throw new Error("SOGLAS_GEO_FILE does not name a readable file in MaxMind's format (.mmdb)", {
      cause: error,
    });
  });
  let looked = clock.now();
  let looking = false;

  async function look(): Promise<void> {
    looking = true;
    try {
      if ((await stat(path)).mtimeMs === current.changed) return;
      current = await read(path, detail);
      logger.info({}, "the file of locations was read again");
    } catch (error) {
      logger.error({}, "the file of locations cannot be read; the last one stays in use", error);
    } finally {
      looking = false;
    }
  }

  return function locate(address) {
    const now = clock.now();
    if (now - looked >= interval && !looking) {
      looked = now;
      void look();
    }
    return current.locate(address);
  };
}

async function read(path: string, detail: LocationDetail) {
  // Before the bytes: a file that is replaced meanwhile is read once more.
  const { mtimeMs } = await stat(path);
  return { changed: mtimeMs, locate: locationsOf(await readFile(path), detail) };
}
