/**
 * High-water marks: how far each log was signed, noted outside the database. A restored old copy of the
 * database cannot know that it is old; the mark does. One small file per log, replaced whole, so that
 * gateways may share a folder.
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
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

  async function read(origin: string): Promise<Mark | null> {
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
  }

  return {
    read,
    async write(mark) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // One that is damaged is replaced.
      const standing = await read(mark.origin).catch(() => null);
      if (standing && standing.size >= mark.size) return standing;
      // In containers every gateway may have the same process id.
      const fresh = `${path(mark.origin)}.${randomUUID()}`;
      try {
        await writeDurably(fresh, `${JSON.stringify({ v: 1, ...mark })}\n`);
        await rename(fresh, path(mark.origin));
      } catch (error) {
        await rm(fresh, { force: true });
        throw error;
      }
      await syncFolder(folder);
      return mark;
    },
  };
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without it a power failure could bring the file back that was replaced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
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
