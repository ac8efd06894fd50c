/**
 * The door of `/v1/staff/…`: an access key as `Authorization: Bearer`, or the console's session cookie.
 * A cookie travels by itself, so its requests must also come from our own page.
 */
import type { Context, HonoRequest } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { slug } from "../../contract/ids.ts";
import type { Site } from "../../contract/site.ts";
import type { Sites } from "../../sites/sites.ts";
import { keyId, type Holder } from "../../staff/keys.ts";
import { may, type Permission } from "../../staff/roles.ts";
import { sessionLength } from "../../staff/sessions.ts";
import type { Staff } from "../../staff/staff.ts";
import { HttpError, type HttpEnv } from "../http.ts";

export interface StaffEnv extends HttpEnv {
  Variables: HttpEnv["Variables"] & { holder: Holder };
}

/**
 * A header only our own page can send without a preflight, which is never answered. Its value says
 * whether a person did something (`act`) or the console refreshed by itself (`watch`).
 */
const consoleHeader = "Soglas-Console";

export interface ConsoleCookie {
  read(c: Context): string | undefined;
  write(c: Context, value: string): void;
  clear(c: Context): void;
}

/**
 * The session cookie. Over https it carries the `__Host-` prefix, so that no other host of the same
 * domain can plant one; over plain http (a gateway on localhost) browsers would refuse that.
 */
export function consoleCookie(publicUrl: string): ConsoleCookie {
  const secure = new URL(publicUrl).protocol === "https:";
  const name = secure ? "__Host-soglas-console" : "soglas-console";
  const attributes = { path: "/", httpOnly: true, sameSite: "Strict", secure } as const;
  return {
    read: (c) => getCookie(c, name),
    write: (c, value) => setCookie(c, name, value, { ...attributes, maxAge: sessionLength / 1000 }),
    clear: (c) => deleteCookie(c, name, attributes),
  };
}

/**
 * Refuses a request with a cookie that another page made the browser send.
 * `Sec-Fetch-Site` cannot be forged by a page; browsers leave it out over plain http to anything but
 * localhost, and there `Origin` decides for everything that changes something.
 * @throws {HttpError} `forbidden`
 */
export function requireOwnPage(request: HonoRequest, publicUrl: string): void {
  const unsafe = request.method !== "GET" && request.method !== "HEAD";
  const site = request.header("sec-fetch-site");
  const sameOrigin =
    site === undefined
      ? !unsafe || request.header("origin") === new URL(publicUrl).origin
      : site === "same-origin" || (site === "none" && !unsafe);
  if (!sameOrigin || (unsafe && request.header(consoleHeader) === undefined))
    throw new HttpError("forbidden", "This request must come from the console's own page.");
}

/**
 * Whose access key this is, or null. One that counts is let in whatever failed before.
 * @throws {HttpError} `rate_limited`: too many keys that do not count were shown lately
 */
export async function keyHolder({ keys, attempts }: Staff, key: string): Promise<Holder | null> {
  const holder = await keys.verify(key);
  if (holder) return holder;
  const retryAfter = attempts.failed(keyId(key));
  if (retryAfter > 0)
    throw new HttpError(
      "rate_limited",
      "Too many access keys that do not count; try again after the time in Retry-After.",
      { retryAfter },
    );
  return null;
}

/**
 * Whose key `Authorization: Bearer <key>` holds; null also for any other form of the header.
 * @throws {HttpError} `rate_limited`
 */
export async function bearerHolder(c: Context, staff: Staff): Promise<Holder | null> {
  const [, key] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(c.req.header("authorization") ?? "") ?? [];
  return key === undefined ? null : keyHolder(staff, key);
}

/**
 * Finds out who is asking and lets nobody else through.
 * @throws {HttpError} `unauthorized`, `forbidden`, `rate_limited`
 */
export function staffDoor(deps: { staff: Staff; publicUrl: string }, cookie: ConsoleCookie) {
  const { staff } = deps;

  async function identify(c: Context<StaffEnv>): Promise<Holder | null> {
    if (c.req.header("authorization") !== undefined) return bearerHolder(c, staff);
    const value = cookie.read(c);
    if (value === undefined) return null;
    requireOwnPage(c.req, deps.publicUrl);
    const holder = await staff.sessions.holder(value, c.req.header(consoleHeader) !== "watch");
    if (!holder) cookie.clear(c);
    return holder;
  }

  return createMiddleware<StaffEnv>(async function staffDoor(c, next) {
    const holder = await identify(c);
    if (!holder) {
      c.header("WWW-Authenticate", 'Bearer realm="soglas"');
      throw new HttpError("unauthorized", "Sign in, or send an access key that counts now.");
    }
    c.set("holder", holder);
    await next();
  });
}

/** @throws {HttpError} `forbidden` */
export function requirePermission(holder: Holder, permission: Permission): void {
  if (!may(holder.role, permission))
    throw new HttpError("forbidden", "The role of this access key does not allow this.");
}

/** Whether a site lies within what a key, or a person, is for. Whether the site exists is another question. */
export const coversSite = (holder: Holder, site: string): boolean =>
  holder.sites === null || holder.sites.includes(site);

/** The one site of a holder who has but one, for the audit trail. */
export const onlySite = ({ sites }: Holder): string | null =>
  sites?.length === 1 ? (sites[0] ?? null) : null;

/** A site as published, if it exists and the key covers it. @throws {HttpError} `not_found` for any other. */
export type CoveredSite = (holder: Holder, site: string) => Promise<Site>;

/** Never says which of the two it was. */
export const notThere = () =>
  new HttpError(
    "not_found",
    "There is no such site or record, or this access key does not cover it.",
  );

/** Finds covered sites. The function throws {@link notThere} for any other. */
export function coveredSites(sites: Pick<Sites, "effective">): CoveredSite {
  return async function coveredSite(holder, id) {
    const given = slug.safeParse(id);
    const config =
      given.success && coversSite(holder, given.data) ? await sites.effective(given.data) : null;
    if (!config) throw notThere();
    return config.site;
  };
}
