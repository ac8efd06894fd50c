/** A gateway whose visitors decide and erase, until it is killed: tells its parent whenever an erasure has ended. */
import { setTimeout } from "node:timers/promises";
import { systemClock } from "../../../gateway/clock.ts";
import { purgeSubject } from "../../../gateway/events/outbox/purge.ts";
import { createBacklog } from "../../../gateway/log/backlog.ts";
import { consentId } from "../../../gateway/log/consent-id.ts";
import { openErasures } from "../../../gateway/log/erasure/erasures.ts";
import { openLog } from "../../../gateway/log/open.ts";
import { jsonLogger } from "../../../gateway/logger.ts";
import { openStorage, type StorageOptions } from "../../../gateway/storage/open.ts";
import { decision, randomId, secret } from "../load.ts";

const options: StorageOptions = JSON.parse(process.argv[2] ?? "");
const storage = await openStorage(options);
const deps = { storage, secret, clock: systemClock };
const log = openLog(deps);
const erasures = openErasures({
  ...deps,
  logger: jsonLogger("error"),
  purgeEvents: purgeSubject,
  backlog: createBacklog(),
  refusalDays: async () => 180,
  retention: async () => [],
});

/** Two decisions, then the erasure; the second decision may still be under way then. */
async function visit(): Promise<never> {
  for (;;) {
    const own = randomId();
    const time = Math.floor(Date.now() / 1000);
    const decide = (counter: number) =>
      log.append(
        decision(
          { secret: own, counter, time },
          { observed: { ...decision().observed, receivedAt: Date.now() } },
        ),
      );
    await decide(1);
    const second = decide(2).catch(() => undefined);
    await erasures.erase({ site: "clinic", consentId: consentId("clinic", own) }, "visitor");
    process.send?.("erased");
    await second;
  }
}

async function keepHouse(): Promise<never> {
  for (;;) {
    await erasures.runOnce();
    await setTimeout(20);
  }
}

await Promise.all([keepHouse(), ...Array.from({ length: 8 }, visit)]);
