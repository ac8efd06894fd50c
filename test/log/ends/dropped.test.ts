/** Logs that a site wants dropped without anybody's doing. */
import { expect, it } from "vitest";
import { createIntegrator } from "../../../gateway/log/integrator.ts";
import { createBacklog } from "../../../gateway/log/backlog.ts";
import { jsonLogger } from "../../../gateway/logger.ts";
import { clinic, day, erasuresOf, granted } from "../erasure/installation.ts";
import { secret } from "../load.ts";

/** A site that keeps records for 400 days, and its logs in 2028, round by round until then. */
async function by2028(dropYears: boolean) {
  const opened = await clinic();
  const { storage, clock } = opened;
  const retention = async () => [{ site: "clinic", days: 400, dropYears }];
  const { erasures } = erasuresOf(opened, clock, { retention });
  const logger = jsonLogger("silent");
  const backlog = createBacklog();
  const integrator = createIntegrator({
    storage,
    secret,
    clock,
    logger,
    backlog,
    publish: () => undefined,
  });
  await granted(opened);
  for (let days = 0; days < 630; days += 10) {
    await integrator.integrate();
    await erasures.runOnce();
    clock.time += 10 * day;
  }
  return storage.main.read
    .selectFrom("logs")
    .select(["year", "closed_by", "drop_reason"])
    .orderBy("id")
    .execute();
}

it("are dropped when everything in them is past the retention, and no sooner", async () => {
  expect(await by2028(true)).toEqual([
    {
      year: 2026,
      closed_by: "year",
      drop_reason: "past the site's retention of 400 days",
    },
    { year: 2027, closed_by: "year", drop_reason: null },
    { year: 2028, closed_by: null, drop_reason: null },
  ]);
});

it("are kept by a site that does not say so", async () => {
  expect(await by2028(false)).toMatchObject([
    { year: 2026, closed_by: "year", drop_reason: null },
    { closed_by: "year" },
    { closed_by: null },
  ]);
});
