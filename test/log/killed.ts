/** Kills gateways at work and looks at what they leave behind, the same on both engines. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "vitest";
import { createBacklog } from "../../gateway/log/backlog.ts";
import { createIntegrator } from "../../gateway/log/integrator.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import type { StorageOptions } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";
import { verifyCheckpoint, type Checkpoint } from "../../gateway/verify/checkpoint.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { addSites, gateway, statement, testClock } from "./installation.ts";
import { secret } from "./load.ts";
import { watch } from "./published-files.ts";
import { expectWhole, type Acknowledged } from "./whole.ts";

/** What a gateway under load tells: a record it acknowledged, or a checkpoint it published. */
export type Told = Acknowledged | { note: string };

/**
 * @param options of the installation. @param together gateways at work at once.
 * @param rounds how many acknowledgements each round waits for before all are killed.
 */
export async function killUnderLoad(
  options: StorageOptions,
  together: number,
  rounds: number[],
): Promise<void> {
  const beside = options.engine === "sqlite" ? { ...options, server: false } : options;
  // The clock of the gateways that are killed: all write to this year's log.
  const { storage, log } = await gateway(beside, testClock(Date.now()));
  await addSites(storage, "clinic");
  await log.appendConfig(statement());
  const acknowledged: Acknowledged[] = [];
  const notes: string[] = [];
  for (const wanted of rounds) {
    const until = acknowledged.length + wanted;
    const signed = notes.length;
    const children = Array.from({ length: together }, () => start(options));
    for (const child of children) {
      child.on("message", (told: Told) => {
        if ("note" in told) notes.push(told.note);
        else acknowledged.push(told);
        if (acknowledged.length >= until && notes.length > signed + 2)
          for (const each of children) each.kill("SIGKILL");
      });
    }
    const ends = await Promise.all(children.map((child) => once(child, "exit")));
    expect(ends.map(([, signal]) => signal)).toEqual(children.map(() => "SIGKILL"));
    expect(acknowledged.length).toBeGreaterThanOrEqual(until);
    await expectWhole(storage, acknowledged);
    await expectConsistent(storage, notes);
  }
  await integrateRest(storage);
  expect(await expectConsistent(storage, notes)).toBe(await expectWhole(storage, acknowledged));
}

/** Every checkpoint that ever left a gateway is one of the log's own past. @returns the log's size. */
async function expectConsistent(storage: Storage, notes: string[]): Promise<number> {
  const { trust, verify, checkpoints } = await watch(storage, new Date().getUTCFullYear());
  const published: Checkpoint[] = [];
  for (const note of new Set(notes))
    published.push(await verifyCheckpoint(Buffer.from(note), trust, nodePrimitives));
  const { checkpoint } = await verify(published);
  // Durable before it was published.
  const stored = new Set((await checkpoints()).map(({ size }) => size));
  expect(published.filter(({ size }) => !stored.has(size))).toEqual([]);
  return checkpoint.size;
}

async function integrateRest(storage: Storage): Promise<void> {
  const deps = { storage, secret, clock: testClock(Date.now()), backlog: createBacklog() };
  const logger = jsonLogger("warn", (line) => expect.unreachable(line));
  await createIntegrator({ ...deps, logger, publish: () => {} }).integrate();
}

function start(options: StorageOptions): ChildProcess {
  return fork(join(import.meta.dirname, "writer.ts"), [JSON.stringify(options)], { execArgv: [] });
}
