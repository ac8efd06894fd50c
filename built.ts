/** What is built, where it lies, and whether it is there: known without loading the builder. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

const parts = ["widget", "console", "verify", "client"] as const;

export type Part = (typeof parts)[number];

/** Folder of a built part. */
export const builtFolder = (part: Part): string => join(import.meta.dirname, "dist", part);

/** Whether a part, or by default everything, is built: a folder that is there is whole. */
export const isBuilt = (...wanted: Part[]): boolean =>
  (wanted.length === 0 ? parts : wanted).every((part) => existsSync(builtFolder(part)));

/**
 * Makes a folder beside its place and moves it there when it is whole, so that an interrupted build
 * leaves what was there before, or nothing.
 * @throws whatever `make` throws
 */
export async function placeWhole(
  folder: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const made = `${folder}.${randomUUID()}`;
  await mkdir(made, { recursive: true });
  try {
    await make(made);
    await rm(folder, { recursive: true, force: true });
    await rename(made, folder);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
