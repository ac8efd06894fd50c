/**
 * `POST /v1/sites/{site}/cookie`: the choice's cookie once more, of pages that share the gateway's origin
 * (a path prefix of the site). Other cookies of the request are not looked at, and none is kept or logged.
 */
import { Hono } from "hono";
import type { Clock } from "../../clock.ts";
import { renewedCookie } from "../../sites/choices/renewal.ts";
import { HttpError } from "../http.ts";
import type { VisitorEnv } from "./door.ts";

export interface CookieDeps {
  clock: Clock;
  publicUrl: string;
}

/** Mounted behind `visitorDoor` at `/v1/sites/:site`. */
export function cookieRoutes({ clock, publicUrl }: CookieDeps): Hono<VisitorEnv> {
  const own = new URL(publicUrl);
  return new Hono<VisitorEnv>().post("/cookie", (c) => {
    if (c.get("origin") !== own.origin)
      throw new HttpError(
        "origin_refused",
        "Cookies are renewed for pages of the gateway's own origin: put the gateway behind a path of the site.",
      );
    const renewed = renewedCookie(c.get("site").site, c.req.header("cookie") ?? "", {
      nowSeconds: Math.floor(clock.now() / 1000),
      secure: own.protocol === "https:",
    });
    if (renewed !== null) c.header("Set-Cookie", renewed);
    return c.body(null, 204);
  });
}
