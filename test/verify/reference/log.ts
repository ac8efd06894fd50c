/** A whole log in memory, as its static files. */
import type { LogFiles } from "../../../gateway/verify/log-files.ts";
import { checkpoint, type Signer } from "./note.ts";
import { bundles, tiles } from "./tiles.ts";
import { leavesOf, treeHash } from "./tree.ts";

export type Files = Map<string, Buffer>;

/** @param lines further signature lines of the checkpoint. */
export function writeLog(entries: Uint8Array[], log: Signer, ...lines: string[]): Files {
  const leaves = leavesOf(entries);
  return new Map([
    ["checkpoint", Buffer.from(checkpoint(log, entries.length, treeHash(leaves), ...lines))],
    ["log.json", Buffer.from(JSON.stringify({ origin: log.name, verifierKey: log.verifierKey }))],
    ...tiles(leaves),
    ...bundles(entries),
  ]);
}

/** Serves files from memory, each time a copy. */
export function memoryFiles(files: Files): LogFiles {
  return {
    read: async (path) => {
      const bytes = files.get(path);
      return bytes === undefined ? null : Uint8Array.from(bytes);
    },
  };
}
