/**
 * High-water marks: how far each log was signed, noted outside the database. A restored old copy of the
 * database cannot know that it is old; the mark does. One small file per log, replaced whole, so that
 * gateways may share a folder.
 */
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { IntegrityError } from "../tree/integrity.ts";

export interface Mark {
  origin: string;
  size: number;
  /** Root of the tree at that size, base64. */
  root: string;
  /** The signed note of that size; null while nothing is signed. */
  checkpoint: string | null;
}

export interface HighWater {
  /** The mark of a log, or null. @throws {IntegrityError} `no_mark`: its file is damaged. */
  read(origin: string): Promise<Mark | null>;
  /** Notes a mark durably. @returns the one that stands: another gateway's, where that is further. */
  write(mark: Mark): Promise<Mark>;
}

/** @param folder made when the first mark is written, if it is not there. */
export function highWater(folder: string): HighWater {
  const path = (origin: string) => join(folder, `${encodeURIComponent(origin)}.json`);
  return {
    async read(origin) {
      let text: string;
      try {
        text = await readFile(path(origin), "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
      const mark = parse(text);
      if (mark?.origin === origin) return mark;
      throw new IntegrityError("no_mark", "the high-water mark of this log is damaged");
    },
    async write(mark) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const fresh = `${path(mark.origin)}.${process.pid}`;
      const file = await open(fresh, "w", 0o600);
      try {
        await file.writeFile(`${JSON.stringify({ v: 1, ...mark })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(fresh, path(mark.origin));
      return mark;
    },
  };
}

function parse(text: string): Mark | null {
  try {
    const { v, origin, size, root, checkpoint } = Object(JSON.parse(text)) as Record<
      string,
      unknown
    >;
    const isMark = v === 1 && typeof origin === "string" && typeof root === "string";
    const isNote = typeof checkpoint === "string" || (checkpoint === null && size === 0);
    if (!isMark || !isNote || !Number.isSafeInteger(size)) return null;
    return { origin, size: size as number, root, checkpoint };
  } catch {
    return null;
  }
}
