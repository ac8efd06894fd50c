/** `POST /v1/sites/{site}/events`: what pages send in gateway mode. */
import { Hono } from "hono";
import type { Clock } from "../clock.ts";
import { eventBatch } from "../contract/events.ts";
import type { Ingest } from "../events/ingest.ts";
import { coarseAgent } from "../privacy/user-agent.ts";
import { parseBody, readBody } from "./http.ts";
import type { VisitorEnv } from "./visitors.ts";

export interface EventsRouteDeps {
  ingest: Ingest;
  clock: Clock;
}

/** Mounted behind `visitorDoor` at `/v1/sites/:site`. */
export function eventsRoutes({ ingest, clock }: EventsRouteDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>().post("/events", async (c) => {
    const receivedAt = clock.now();
    const batch = parseBody(await readBody(c), eventBatch);
    const agent = coarseAgent(c.req.header("user-agent") ?? "");
    return c.json(await ingest.accept(c.get("site"), batch, { receivedAt, agent, country: null }));
  });
}
