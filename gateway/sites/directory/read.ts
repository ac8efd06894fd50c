/** A site directory on disk → memory: expected files only, within their limits, nothing by way of a link. */
import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Issue } from "../../contract/errors.ts";
import {
  configurationPath,
  expectedPath,
  languageFolderNames,
  shownPath,
  tooLarge,
  unknownFile,
} from "./paths.ts";
import { PublishError, type SiteFiles } from "../sites.ts";

/** More than any site needs: 40 languages in four folders and site.json. */
const maximumFiles = 200;

/**
 * Reads a site directory. Names that begin with a dot (`.git`, `.DS_Store`) are passed over.
 * What the files say is checked when they are published.
 * @param path the directory
 * @throws {PublishError} naming every file that does not belong there, is too large, is a link, or
 *   cannot be read
 */
export async function readSiteDirectory(path: string): Promise<SiteFiles> {
  const files: SiteFiles = new Map();
  const issues: Issue[] = [];
  for (const name of await pathsIn(path, issues)) {
    const place = expectedPath(name);
    if (!place) issues.push({ path: shownPath(name), message: unknownFile });
    else {
      const content = await readRegularFile(join(path, name), place.limit);
      if (typeof content === "string") issues.push({ path: name, message: content });
      else files.set(name, content);
    }
  }
  if (issues.length > 0) throw new PublishError(issues);
  return files;
}

/** Relative paths of all files, one folder deep; folders that cannot be entered become problems. */
async function pathsIn(root: string, issues: Issue[]): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await namesIn(root, "", issues)) {
    const isFolder = languageFolderNames.some((folder) => folder === entry);
    if (!isFolder) paths.push(entry);
    else if (!(await lstat(join(root, entry))).isDirectory())
      issues.push({ path: entry, message: "must be a folder of its own, not a file or a link" });
    else for (const name of await namesIn(root, entry, issues)) paths.push(`${entry}/${name}`);
  }
  if (paths.length > maximumFiles) {
    issues.push({
      path: "",
      message: `holds more than ${maximumFiles} files; is it the right one?`,
    });
    return [];
  }
  if (!paths.includes(configurationPath) && issues.length === 0)
    issues.push({ path: configurationPath, message: "is missing; is this a site directory?" });
  return paths.toSorted();
}

async function namesIn(root: string, folder: string, issues: Issue[]): Promise<string[]> {
  try {
    const names = await readdir(join(root, folder));
    return names.filter((name) => !name.startsWith("."));
  } catch (error) {
    issues.push({ path: folder, message: `cannot be read as a folder (${codeOf(error)})` });
    return [];
  }
}

/** The content, or what is wrong with the file. Links are refused by the kernel, not by a look before. */
async function readRegularFile(path: string, limit: number): Promise<Uint8Array | string> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return codeOf(error) === "ELOOP"
      ? "is a symbolic link; put the file itself here"
      : `cannot be read (${codeOf(error)})`;
  }
  try {
    if (!(await file.stat()).isFile()) return "is not a regular file";
    const buffer = Buffer.alloc(limit + 1);
    let length = 0;
    while (length <= limit) {
      const { bytesRead } = await file.read(buffer, length, limit + 1 - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length > limit ? tooLarge(limit) : Uint8Array.from(buffer.subarray(0, length));
  } finally {
    await file.close();
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "unknown error";
