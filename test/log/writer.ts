/**
 * A gateway under load until it is killed: tells its parent of every record it acknowledged, and of every
 * checkpoint it published. It integrates without a pause, so that it is killed in the middle of that.
 */
import { setImmediate } from "node:timers/promises";
import { systemClock } from "../../gateway/clock.ts";
import { createBacklog } from "../../gateway/log/backlog.ts";
import { createIntegrator } from "../../gateway/log/integrator.ts";
import { openLog } from "../../gateway/log/open.ts";
import { checkpointNote } from "../../gateway/log/tree/signing-key.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { openStorage, type StorageOptions } from "../../gateway/storage/open.ts";
import type { Told } from "./killed.ts";
import { decision, randomId, secret } from "./load.ts";

const options: StorageOptions = JSON.parse(process.argv[2] ?? "");
const storage = await openStorage(options);
const backlog = createBacklog();
const deps = { storage, secret, clock: systemClock, backlog };
const log = openLog(deps);
const integrator = createIntegrator({
  ...deps,
  logger: jsonLogger("info"),
  publish: (signed) => tell({ note: checkpointNote(signed.signer, signed) }),
});
const visitors = Array.from({ length: 8 }, () => randomId());

function tell(told: Told): void {
  process.send?.(told);
}

async function visit(visitor: number): Promise<never> {
  for (let counter = 1; ; counter++) {
    // Every second record is a returning visitor's.
    const subject = counter % 2 ? randomId() : visitors[visitor % visitors.length]!;
    const { recordId, index, time } = await log.append(decision({ secret: subject, counter }));
    tell({ recordId, index, time });
  }
}

async function integrate(): Promise<never> {
  for (;;) {
    await integrator.integrate();
    await setImmediate();
  }
}

await Promise.all([integrate(), ...Array.from({ length: 32 }, (_, visitor) => visit(visitor))]);
