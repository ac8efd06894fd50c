/** `POST /v1/sites/{site}/server-events`: goals and purchases that the owner's backend knows of. */
import { Hono } from "hono";
import type { Clock } from "../clock.ts";
import type { Issue } from "../contract/errors.ts";
import {
  serverEvent,
  serverEventBatch,
  type ServerEvent,
  type ServerEventsAnswer,
} from "../contract/server-events.ts";
import type { ServerIngest } from "../events/intake/server-events.ts";
import type { Sites } from "../sites/sites.ts";
import type { Staff } from "../staff/staff.ts";
import { siteHolder } from "./authorization.ts";
import { HttpError, issuesOf, parseBody, readBody, type HttpEnv } from "./http.ts";
import type { Budget } from "./limits.ts";

export interface ServerEventsDeps {
  sites: Sites;
  serverIngest: ServerIngest;
  staff: Staff;
  budget: Budget;
  clock: Clock;
}

/** A hundred events with items; bytes. */
const bodyLimit = 512 * 1024;

/** Seconds: no vendor takes older events (GA4's Measurement Protocol: 72 hours), and clocks differ a little. */
const oldest = 72 * 3600;
const furthest = 60;

export function serverEventsRoutes(deps: ServerEventsDeps): Hono<HttpEnv> {
  const { sites, serverIngest, staff, budget, clock } = deps;
  return new Hono<HttpEnv>().post("/v1/sites/:site/server-events", async (c) => {
    const receivedAt = clock.now();
    const id = c.req.param("site");
    const site = await sites.effective(id);
    // Names that are no site's take no room in the budget.
    if (site) await budget(c, id);
    await siteHolder(c, staff, "events:send", id);
    if (!site) throw new HttpError("site_unknown", "There is no such site on this gateway.");
    const batch = parseBody(await readBody(c, bodyLimit), serverEventBatch);

    const read = batch.events.map((given) => readEvent(given, Math.floor(receivedAt / 1000)));
    const results = await serverIngest.accept(
      site,
      read.map(({ event }) => event),
      receivedAt,
    );
    const answer: ServerEventsAnswer = {
      results: results.map((result, at) => {
        const { issues } = read[at]!;
        return result.status === "refused" && issues ? { ...result, issues } : result;
      }),
    };
    return c.json(answer);
  });
}

/** @param now Unix seconds */
function readEvent(
  given: unknown,
  now: number,
): { event: ServerEvent; issues?: undefined } | { event: null; issues: Issue[] } {
  const parsed = serverEvent.safeParse(given);
  if (!parsed.success) return { event: null, issues: issuesOf(parsed.error) };
  const { time } = parsed.data;
  if (time !== undefined && time > now + furthest)
    return { event: null, issues: [{ path: "time", message: "lies in the future" }] };
  if (time !== undefined && time < now - oldest)
    return { event: null, issues: [{ path: "time", message: "at most 72 hours ago" }] };
  return { event: parsed.data };
}
