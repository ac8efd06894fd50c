/**
 * The door of everything a visitor's browser sends to `/v1/sites/{site}/…`: the site exists, the
 * request comes from one of its pages, and the budgets allow it. Answers carry CORS headers for that
 * one origin, errors included, so that the widget can read why it was refused.
 */
import { createMiddleware } from "hono/factory";
import type { SiteConfig, Sites } from "../../sites/sites.ts";
import { HttpError, type HttpEnv } from "../http.ts";
import type { Budget } from "../limits.ts";

export interface VisitorEnv extends HttpEnv {
  Variables: HttpEnv["Variables"] & {
    /** The configuration in effect. */
    site: SiteConfig;
    /** The page's origin, one of the site's list. */
    origin: string;
  };
}

/**
 * Checks site, origin and budget, in this order.
 * @throws {HttpError} `site_unknown`, `origin_refused`, `rate_limited`
 */
export function visitorDoor(sites: Pick<Sites, "effective">, budget: Budget) {
  return createMiddleware<VisitorEnv>(async function visitorDoor(c, next) {
    c.header("Vary", "Origin");
    c.header("Cache-Control", "no-store");
    const id = c.req.param("site") ?? "";
    const site = await sites.effective(id);
    if (!site) throw new HttpError("site_unknown", "There is no such site on this gateway.");
    const origin = c.req.header("origin") ?? "";
    if (!site.site.origins.includes(origin))
      throw new HttpError(
        "origin_refused",
        "Requests to this address must come from a page of the site: its origin is not in the site's list.",
      );
    c.header("Access-Control-Allow-Origin", origin);
    c.header("Access-Control-Expose-Headers", "Retry-After");
    await budget(c, id);
    c.set("site", site);
    c.set("origin", origin);
    await next();
  });
}
