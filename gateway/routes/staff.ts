/** `/v1/staff/…`: signing in, and what staff may read. */
import { Hono } from "hono";
import { id128, slug } from "../contract/ids.ts";
import type { Site } from "../contract/site.ts";
import {
  recordListQuery,
  signInBody,
  type RecordAnswer,
  type RecordList,
  type SiteList,
  type StaffSession,
} from "../contract/staff.ts";
import type { Erasures } from "../log/erasure/erasures.ts";
import type { LogReader } from "../log/reader.ts";
import type { Sites } from "../sites/sites.ts";
import type { Holder } from "../staff/keys.ts";
import { staffRecords } from "../staff/records.ts";
import { staffSites } from "../staff/sites.ts";
import type { Staff } from "../staff/staff.ts";
import { HttpError, parseBody, parseQuery, readBody } from "./http.ts";
import {
  consoleCookie,
  coversSite,
  keyHolder,
  requireOwnPage,
  requirePermission,
  staffDoor,
  type StaffEnv,
} from "./staff-access.ts";
import { staffErasureRoutes } from "./staff-erasures.ts";

export interface StaffDeps {
  staff: Staff;
  records: LogReader;
  erasures: Erasures;
  sites: Sites;
  /** Base URL under which staff reach the gateway, without a trailing slash: decides `Secure` and the origin. */
  publicUrl: string;
}

/** Longest sign-in body, bytes: a key and its quotes. */
const signInLimit = 1024;

/** Never says which of the two it was. */
const notThere = () =>
  new HttpError(
    "not_found",
    "There is no such site or record, or this access key does not cover it.",
  );

export function staffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const { staff } = deps;
  const cookie = consoleCookie(deps.publicUrl);
  const records = staffRecords(deps);
  const door = staffDoor(deps, cookie);

  const routes = new Hono<StaffEnv>();
  routes.use("/v1/staff/*", async function uncached(c, next) {
    c.header("Cache-Control", "no-store");
    c.header("Cross-Origin-Resource-Policy", "same-origin");
    await next();
  });

  routes.post("/v1/staff/session", async (c) => {
    requireOwnPage(c.req, deps.publicUrl);
    const { key } = parseBody(await readBody(c, signInLimit), signInBody);
    const holder = await keyHolder(staff, key);
    if (!holder)
      throw new HttpError(
        "unauthorized",
        "This access key does not count here: mistyped, expired or revoked.",
      );
    requirePermission(holder, "console:use");
    const earlier = cookie.read(c);
    if (earlier !== undefined) await staff.sessions.end(earlier);
    const value = await staff.sessions.start(holder.keyId);
    await staff.audit.note({ keyId: holder.keyId, action: "session.start", detail: {}, count: 0 });
    cookie.write(c, value);
    return c.json(describeHolder(holder), 201);
  });

  routes.use("/v1/staff/*", door);

  routes.get("/v1/staff/session", (c) => c.json(describeHolder(c.get("holder"))));

  routes.delete("/v1/staff/session", async (c) => {
    const value = cookie.read(c);
    if (value !== undefined) await staff.sessions.end(value);
    cookie.clear(c);
    await staff.audit.note({
      keyId: c.get("holder").keyId,
      action: "session.end",
      detail: {},
      count: 0,
    });
    return c.body(null, 204);
  });

  routes.get("/v1/staff/sites", async (c) => {
    const holder = c.get("holder");
    requirePermission(holder, "sites:read");
    const sites = (await staffSites(deps.sites)).filter((site) => coversSite(holder, site.id));
    await staff.audit.note({
      keyId: holder.keyId,
      action: "sites.list",
      detail: {},
      count: sites.length,
    });
    const answer: SiteList = { sites };
    return c.json(answer);
  });

  /** The site as published, once it is known to be covered and to exist. */
  async function coveredSite(holder: Holder, id: string): Promise<Site> {
    const config = coversSite(holder, id) ? await deps.sites.effective(id) : null;
    if (!config) throw notThere();
    return config.site;
  }

  routes.get("/v1/staff/records", async (c) => {
    const holder = c.get("holder");
    requirePermission(holder, "records:read");
    const query = parseQuery(c.req.query(), recordListQuery);
    const site = await coveredSite(holder, query.site);
    const answer: RecordList = await records.latest(site, query);
    await staff.audit.note({
      keyId: holder.keyId,
      action: "records.list",
      detail: { site: site.id, limit: query.limit, further: query.cursor !== undefined },
      count: answer.records.length,
    });
    return c.json(answer);
  });

  routes.get("/v1/staff/records/:site/:record", async (c) => {
    const holder = c.get("holder");
    requirePermission(holder, "records:read");
    const wanted = id128.safeParse(c.req.param("record"));
    const given = slug.safeParse(c.req.param("site"));
    if (!wanted.success || !given.success) throw notThere();
    const site = await coveredSite(holder, given.data);
    const answer: RecordAnswer | null = await records.one(site.id, wanted.data);
    await staff.audit.note({
      keyId: holder.keyId,
      action: "record.read",
      // An id that is not ours is the client's text, and is not kept.
      detail: { site: site.id, record: answer ? answer.record.id : null },
      count: answer ? 1 : 0,
    });
    if (!answer) throw notThere();
    return c.json(answer);
  });

  return routes.route(
    "/",
    staffErasureRoutes({ erasures: deps.erasures, audit: staff.audit, coveredSite }),
  );
}

const describeHolder = ({ keyId, label, role, site }: Holder): StaffSession => ({
  keyId,
  label,
  role,
  site,
});
