/**
 * `GET /v1/sites/{site}/region`: which jurisdiction profile is in force where the visitor is. The country is
 * looked up in memory and not repeated, so that no script of the page learns it; nothing is kept.
 *
 * It has no door of its own kind: a page of the gateway's own origin sends no Origin with a GET.
 */
import { Hono } from "hono";
import type { RegionAnswer } from "../contract/decision.ts";
import { profileIn } from "../sites/profiles.ts";
import type { Sites } from "../sites/sites.ts";
import { HttpError, type HttpEnv } from "./http.ts";
import type { Budget } from "./limits.ts";
import type { Observe } from "./observed.ts";

export interface RegionDeps {
  sites: Pick<Sites, "effective">;
  budget: Budget;
  observe: Observe;
}

export function regionRoutes({ sites, budget, observe }: RegionDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get("/v1/sites/:site/region", async (c) => {
    c.header("Vary", "Origin");
    c.header("Cache-Control", "no-store");
    const id = c.req.param("site");
    const config = await sites.effective(id);
    if (!config) throw new HttpError("site_unknown", "There is no such site on this gateway.");
    const origin = c.req.header("origin");
    if (origin !== undefined && config.site.origins.includes(origin))
      c.header("Access-Control-Allow-Origin", origin);
    await budget(c, id);
    const { country } = observe(c);
    return c.json({ jurisdiction: profileIn(config.site, country) } satisfies RegionAnswer);
  });
}
