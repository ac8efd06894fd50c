/** What the guard knows of a log while its gateway runs. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createBacklog } from "../../../gateway/log/backlog.ts";
import { openGuard } from "../../../gateway/log/guard/guard.ts";
import { highWater, type HighWater } from "../../../gateway/log/guard/high-water.ts";
import { createIntegrator } from "../../../gateway/log/integrator.ts";
import { jsonLogger } from "../../../gateway/logger.ts";
import { clinic, decision, testClock } from "../installation.ts";
import { secret } from "../load.ts";

/** A log that one gateway signed at size 3, guarded by marks that others share. */
async function guarded() {
  const folder = await mkdtemp(join(tmpdir(), "soglas-marks-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const shared = highWater(folder);
  const reach = { isAway: false };
  const marks: HighWater = {
    read: (origin) => (reach.isAway ? Promise.reject(new Error("away")) : shared.read(origin)),
    write: shared.write,
  };
  const guard = openGuard(marks);
  const { storage, log } = await clinic();
  await Promise.all([log.append(decision()), log.append(decision())]);
  const integrator = createIntegrator({
    storage,
    secret,
    clock: testClock(),
    backlog: createBacklog(),
    logger: jsonLogger("silent"),
    publish: () => undefined,
    guard,
  });
  await integrator.integrate();
  const name = { log: 1, origin: "log.example/clinic/2026" };
  return { shared, reach, check: () => guard.check(storage.main.read, name), ...name };
}

it("heeds what another gateway signed since, when the database is put back under both", async () => {
  const { shared, check, origin } = await guarded();
  await check();
  await shared.write({ origin, size: 9, root: "root 9", checkpoint: "note 9" });
  await expect(check()).rejects.toMatchObject({ code: "rolled_back" });
});

it("goes on from what it knows while the marks are out of reach", async () => {
  const { reach, check } = await guarded();
  reach.isAway = true;
  await check();
});
