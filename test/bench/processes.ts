/** Servers under load, each a process of its own, so that the load is not made by what it measures. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Served {
  url: string;
  child: ChildProcess;
  /** Resident memory, MB. */
  memory(): Promise<number>;
  /** Seconds of processor time used so far, by all its threads. */
  processorTime(): Promise<number>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");

/** The gateway as operators run it. */
export function startGateway(folder: string, env: Record<string, string> = {}): Promise<Served> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  return start(join(root, "gateway/main.ts"), port, {
    SOGLAS_DATA: folder,
    SOGLAS_HIGHWATER: join(folder, "marks"),
    SOGLAS_SITES: join(root, "demo/sites"),
    SOGLAS_SITE_BUDGET: "1000000",
    SOGLAS_ADDRESS_BUDGET: "100000000",
    SOGLAS_LOG_LEVEL: "error",
    // As docs/deployment.md has it.
    MALLOC_ARENA_MAX: "2",
    NODE_OPTIONS: "--max-semi-space-size=16",
    ...env,
  });
}

/** The measure: a Hono route that parses a body and echoes it (echo.ts). */
export function startEcho(): Promise<Served> {
  return start(
    join(import.meta.dirname, "echo.ts"),
    20_000 + Math.floor(Math.random() * 20_000),
    {},
  );
}

/** A vendor's endpoint (vendor.ts). @param paused it asks for a pause instead of taking anything */
export function startVendor(paused: boolean): Promise<Served> {
  return start(
    join(import.meta.dirname, "vendor.ts"),
    20_000 + Math.floor(Math.random() * 20_000),
    { PAUSED: paused ? "1" : "0" },
  );
}

async function start(file: string, port: number, env: Record<string, string>): Promise<Served> {
  const child = spawn(process.execPath, [file], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], PORT: String(port), ...env },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await Promise.race([
    new Promise((resolve) => child.once("message", resolve)),
    ended.then(() => Promise.reject(new Error(`${file} did not start`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
    },
    async processorTime() {
      // Fields 14 and 15 of proc(5), counted after the name in parentheses, in hundredths of a second.
      const line = await readFile(`/proc/${child.pid}/stat`, "utf8");
      const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
