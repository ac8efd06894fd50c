/** What operators and orchestrators ask: `/healthz`, `/readyz`, `/metrics`. */
import { Hono } from "hono";
import type { Metrics } from "../metrics.ts";
import { HttpError, type HttpEnv } from "./http.ts";

export interface OperationDeps {
  metrics: Metrics;
  ready: () => Promise<void>;
}

export function operationRoutes({ metrics, ready }: OperationDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/healthz", (c) => c.text("ok\n", 200, { "Cache-Control": "no-store" }))
    .get("/readyz", async (c) => {
      try {
        await ready();
      } catch {
        throw new HttpError("unavailable", "The database does not answer.", { retryAfter: 5 });
      }
      return c.text("ready\n", 200, { "Cache-Control": "no-store" });
    })
    .get("/metrics", async (c) =>
      c.body(await metrics.render(), 200, {
        "Content-Type": metrics.contentType,
        "Cache-Control": "no-store",
      }),
    );
}
