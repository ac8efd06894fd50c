/** `soglas …` as a process of its own, on an installation that a gateway may have open beside it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Installation } from "../gateway/installation.ts";

const cli = join(import.meta.dirname, "../../gateway/cli.ts");

/** @returns the exit code, and what was said on both outputs */
export function soglas(
  { folder }: Pick<Installation, "folder">,
  ...words: string[]
): Promise<{ code: number; said: string }> {
  const env = {
    PATH: process.env["PATH"],
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    SOGLAS_DATA: folder,
    SOGLAS_HIGHWATER: `${folder}-marks`,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stdout + stderr }),
    );
  });
}
