/** Kills gateways at work and looks at what they leave behind, the same on both engines. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "vitest";
import type { StorageOptions } from "../../gateway/storage/open.ts";
import { addSites, gateway, statement } from "./installation.ts";
import { expectWhole, type Acknowledged } from "./whole.ts";

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
  const { storage, log } = await gateway(beside);
  await addSites(storage, "clinic");
  await log.appendConfig(statement());
  const acknowledged: Acknowledged[] = [];
  for (const wanted of rounds) {
    const until = acknowledged.length + wanted;
    const children = Array.from({ length: together }, () => start(options));
    for (const child of children) {
      child.on("message", (record: Acknowledged) => {
        acknowledged.push(record);
        if (acknowledged.length === until) for (const each of children) each.kill("SIGKILL");
      });
    }
    const ends = await Promise.all(children.map((child) => once(child, "exit")));
    expect(ends.map(([, signal]) => signal)).toEqual(children.map(() => "SIGKILL"));
    expect(acknowledged.length).toBeGreaterThanOrEqual(until);
    await expectWhole(storage, acknowledged);
  }
}

function start(options: StorageOptions): ChildProcess {
  return fork(join(import.meta.dirname, "writer.ts"), [JSON.stringify(options)], { execArgv: [] });
}
