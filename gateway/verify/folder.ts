/** A log in a folder, laid out as it is served. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { VerifyError } from "./errors.ts";
import type { LogFiles } from "./log-files.ts";

const absent: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);

export function folderFiles(folder: string): LogFiles {
  return {
    async read(path) {
      try {
        return await readFile(join(folder, path));
      } catch (error) {
        if (error instanceof Error && "code" in error && absent.has(error.code)) return null;
        throw new VerifyError("unreachable", `${path} cannot be read from the folder`, {
          cause: error,
        });
      }
    },
  };
}
