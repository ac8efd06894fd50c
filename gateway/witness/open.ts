/** A witness in a folder of its own: `key`, `witness.sqlite`, and `logs`, which its operator writes. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { nodePrimitives as primitives } from "../verify/node.ts";
import { createWitnessApp } from "./app.ts";
import { openWitnessKey } from "./key.ts";
import { parseLogs, type KnownLogs } from "./logs.ts";
import { openState } from "./state.ts";
import { createWitness } from "./witness.ts";

export interface WitnessOptions {
  /** Its folder; made when it is not there, in one that is. */
  folder: string;
  /** Name of a new witness; null when there is one in the folder. */
  name: string | null;
  /** Verifier keys of logs, beside those in the folder's file `logs`. */
  logs: string[];
  clock: Clock;
  onContradiction(origin: string): void;
  onFailure(error: unknown): void;
}

export interface OpenWitness {
  verifierKey: string;
  origins(): string[];
  /** Answers a request, whichever server took it. */
  fetch(request: Request): Response | Promise<Response>;
  /** Reads the file `logs` again. @throws {Error} when it is wrong; what was known still counts. */
  reload(): Promise<void>;
  close(): void;
}

/** @throws {Error} in one line that says what to do; nothing stays open then. */
export async function openWitness(options: WitnessOptions): Promise<OpenWitness> {
  const { folder, name, clock, onContradiction, onFailure } = options;
  const path = (file: string) => join(folder, file);
  const readLogs = () => knownLogs(path("logs"), options.logs);
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  let logs = await readLogs();
  // With its memory gone the key would vouch for histories that contradict what it vouched for before.
  if (existsSync(path("key")) && !existsSync(path("witness.sqlite")))
    throw new Error(
      `${path("witness.sqlite")} is gone: restore it; without it this key must never cosign again, so begin a new witness in another folder otherwise`,
    );
  const state = openState(path("witness.sqlite"));
  try {
    const key = openWitnessKey(path("key"), name);
    const trusted = (origin: string) => logs.get(origin) ?? [];
    const origins = () => [...logs.keys()];
    const witness = createWitness({ key, state, trusted, clock, primitives, onContradiction });
    const { verifierKey } = key;
    const app = createWitnessApp({ witness, verifierKey, origins, onFailure });
    return {
      verifierKey,
      origins,
      fetch: (request) => app.fetch(request),
      async reload() {
        logs = await readLogs();
      },
      close: state.close,
    };
  } catch (error) {
    state.close();
    throw error;
  }
}

async function knownLogs(path: string, given: string[]): Promise<KnownLogs> {
  const parse = async (text: string, where: string) => {
    try {
      return await parseLogs(text, primitives);
    } catch (error) {
      throw new Error(`${where}, ${error instanceof Error ? error.message : ""}`, { cause: error });
    }
  };
  const written = existsSync(path) ? readFileSync(path, "utf8") : "";
  const all = new Map(await parse(written, path));
  for (const [origin, keys] of await parse(given.join("\n"), "--log"))
    all.set(origin, [...(all.get(origin) ?? []), ...keys]);
  return all;
}
