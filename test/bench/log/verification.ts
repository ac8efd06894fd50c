/** `soglas verify log` as an auditor runs it, on a log of a million entries in a folder. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sampleEntries } from "../../verify/reference/entries.ts";
import { writeLog } from "../../verify/reference/log.ts";
import { log } from "../../verify/reference/receipt.ts";

const entries = 1_000_000;

export async function secondsToVerify(): Promise<{ entries: number; seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-bench-"));
  try {
    for (const [path, bytes] of writeLog(sampleEntries(entries), log)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const start = performance.now();
    await verify(folder);
    return { entries, seconds: (performance.now() - start) / 1000 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function verify(folder: string): Promise<void> {
  const cli = join(import.meta.dirname, "../../../gateway/cli.ts");
  const child = spawn(process.execPath, [cli, "verify", "log", folder, "--key", log.verifierKey], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`the log did not verify: exit ${code}`)),
    );
  });
}
