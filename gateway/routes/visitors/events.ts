/** `POST /v1/sites/{site}/events`: what pages send in gateway mode. */
import { Hono } from "hono";
import type { Clock } from "../../clock.ts";
import { eventBatch } from "../../contract/events.ts";
import type { Ingest } from "../../events/intake/ingest.ts";
import { parseBody, readBody } from "../http.ts";
import type { Observe } from "../observed.ts";
import type { VisitorEnv } from "./door.ts";

export interface EventsRouteDeps {
  ingest: Ingest;
  clock: Clock;
  observe: Observe;
}

/** Mounted behind `visitorDoor` at `/v1/sites/:site`. */
export function eventsRoutes({ ingest, clock, observe }: EventsRouteDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>().post("/events", async (c) => {
    const receivedAt = clock.now();
    const batch = parseBody(await readBody(c), eventBatch);
    return c.json(await ingest.accept(c.get("site"), batch, { receivedAt, ...observe(c) }));
  });
}
