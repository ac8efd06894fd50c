/**
 * `/t/{site}/g/collect`: where Google's own tag sends its hits when it is pointed at the gateway
 * (profile `direct`). It expects 204 and reads nothing else, so that is the answer to everything; what
 * became of the hits is counted, or, where they were not looked at, that there was a request.
 *
 * Hits come as GET, as POST with a query or lines of text, by fetch, beacon or image, with whatever
 * cookies and headers the browser adds: none of them is looked at.
 */
import { Hono } from "hono";
import type { Clock } from "../clock.ts";
import { readHits, type TagHit } from "../events/intake/google-tag.ts";
import type { Ingest } from "../events/intake/ingest.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import { relayedTo } from "../sites/relay.ts";
import type { Sites } from "../sites/sites.ts";
import { HttpError, readBody, type HttpEnv } from "./http.ts";
import type { Budget } from "./limits.ts";
import type { Observe } from "./observed.ts";

export interface TagHitsDeps {
  sites: Sites;
  ingest: Ingest;
  budget: Budget;
  observe: Observe;
  metrics: Pick<Metrics, "tagRefused">;
  clock: Clock;
  logger: Logger;
}

export function tagHitsRoutes(deps: TagHitsDeps): Hono<HttpEnv> {
  const { sites, ingest, budget, observe, metrics, clock, logger } = deps;
  return new Hono<HttpEnv>().on(["GET", "POST"], "/t/:site/g/collect", async (c) => {
    c.header("Cache-Control", "no-store");
    c.header("Cross-Origin-Resource-Policy", "cross-origin");
    c.header("Vary", "Origin");
    const receivedAt = clock.now();
    const id = c.req.param("site");
    try {
      const config = await sites.effective(id);
      const origin = c.req.header("origin");
      if (!config || (origin !== undefined && !config.site.origins.includes(origin)))
        return c.body(null, 204);
      if (origin !== undefined) {
        c.header("Access-Control-Allow-Origin", origin);
        c.header("Access-Control-Allow-Credentials", "true");
      }
      await budget(c, id);
      const body = new TextDecoder().decode(await readBody(c));
      const hits = readHits(new URL(c.req.url).search.slice(1), body);
      const observed = { receivedAt, ...observe(c) };
      for (const { tid, ...batch } of batchesOf(hits)) {
        const to = relayedTo(config.site, tid);
        const events = batch.events.map((event) => ({ ...event, to }));
        await ingest.accept(config, { v: 1, ...batch, events }, observed, "tag");
      }
    } catch (error) {
      // Too many, too large: the sender's own affair, of which only the operator can be told. A flood
      // writes nothing into the database. Everything else is ours.
      if (error instanceof HttpError) metrics.tagRefused(id, error.code);
      else logger.error({ requestId: c.get("requestId") }, "hits of a tag were lost", error);
    }
    return c.body(null, 204);
  });
}

type Shared = Omit<TagHit, "event">;

/** Hits that share everything but the event, in the order in which they came. */
function batchesOf(hits: TagHit[]): (Shared & { events: TagHit["event"][] })[] {
  const batches = new Map<string, Shared & { events: TagHit["event"][] }>();
  for (const { event, ...shared } of hits) {
    const key = JSON.stringify(shared);
    const batch = batches.get(key) ?? { ...shared, events: [] };
    batches.set(key, batch);
    batch.events.push(event);
  }
  return [...batches.values()];
}
