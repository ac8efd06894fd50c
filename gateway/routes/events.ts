/** `POST /v1/sites/{site}/events`: what pages send in gateway mode. */
import { Hono } from "hono";
import type { Clock } from "../clock.ts";
import { eventBatch } from "../contract/events.ts";
import type { Ingest } from "../events/ingest.ts";
import { LogError } from "../log/log.ts";
import { coarseAgent } from "../privacy/user-agent.ts";
import { HttpError, parseBody, readBody } from "./http.ts";
import type { VisitorEnv } from "./visitors.ts";

export interface EventsRouteDeps {
  ingest: Ingest;
  clock: Clock;
}

/** Mounted behind `visitorDoor`, which has checked site, origin and budget. */
export function eventsRoutes({ ingest, clock }: EventsRouteDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>().post("/v1/sites/:site/events", async (c) => {
    const receivedAt = clock.now();
    const batch = parseBody(await readBody(c), eventBatch);
    const agent = coarseAgent(c.req.header("user-agent") ?? "");
    const answer = await ingest
      .accept(c.get("site"), batch, { receivedAt, agent, country: null })
      .catch(refuse);
    return c.json(answer);
  });
}

function refuse(error: unknown): never {
  if (error instanceof LogError && error.code === "overloaded")
    throw new HttpError(
      "unavailable",
      "Too many events are waiting to be stored; send them again.",
      {
        retryAfter: 1,
      },
    );
  throw error;
}
