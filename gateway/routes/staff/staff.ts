/** `/v1/staff/…`: signing in and out, the list of sites, and everything behind the door. */
import { Hono } from "hono";
import type { Clock } from "../../clock.ts";
import { signInBody, type SiteList, type StaffSession } from "../../contract/staff/staff.ts";
import type { Balance } from "../../events/accounts/balance.ts";
import type { DeadLetters } from "../../events/outbox/dead-letters.ts";
import type { Deliveries } from "../../events/accounts/deliveries.ts";
import type { Logger } from "../../logger.ts";
import type { Erasures } from "../../log/erasure/erasures.ts";
import type { SiteHistory } from "../../sites/history/history.ts";
import type { Sites } from "../../sites/sites.ts";
import type { Exports } from "../../staff/export/exports.ts";
import type { Holder } from "../../staff/keys.ts";
import type { Rates } from "../../staff/rates.ts";
import type { StaffRecords } from "../../staff/records.ts";
import { staffSites } from "../../staff/sites.ts";
import type { Staff } from "../../staff/staff.ts";
import type { Budget } from "../limits.ts";
import { HttpError, parseBody, readBody } from "../http.ts";
import {
  consoleCookie,
  coveredSites,
  coversSite,
  keyHolder,
  requireOwnPage,
  requirePermission,
  staffDoor,
  type StaffEnv,
} from "./access.ts";
import { staffAuditRoutes } from "./audit.ts";
import { staffDeliveryRoutes } from "./deliveries.ts";
import { staffErasureRoutes } from "./erasures.ts";
import { staffEventRoutes } from "./events.ts";
import { staffExportRoutes } from "./export.ts";
import { staffKeyRoutes } from "./keys.ts";
import { staffRateRoutes } from "./rates.ts";
import { staffReplayRoutes } from "./replay.ts";
import { staffVersionRoutes } from "./versions.ts";
import { staffSignInRoutes } from "./sign-in.ts";
import { staffRecordRoutes } from "./records.ts";

export interface StaffDeps {
  staff: Staff;
  staffRecords: StaffRecords;
  rates: Rates;
  exports: Exports;
  balance: Balance;
  deliveries: Deliveries;
  erasures: Erasures;
  deadLetters: DeadLetters;
  sites: Sites;
  history: SiteHistory;
  clock: Clock;
  logger: Logger;
  /** Ways through an OpenID provider that are begun or ended, per address and in all. */
  signInBudget: Budget;
  /** Base URL under which staff reach the gateway, without a trailing slash: decides `Secure` and the origin. */
  publicUrl: string;
}

/** Longest sign-in body, bytes: a key and its quotes. */
const signInLimit = 1024;

export function staffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const { staff } = deps;
  const cookie = consoleCookie(deps.publicUrl);
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

  routes.route("/", staffSignInRoutes(deps, cookie));
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

  routes.delete("/v1/staff/sessions", async (c) => {
    const holder = c.get("holder");
    requirePermission(holder, "console:use");
    const { keyId } = holder;
    cookie.clear(c);
    const count = await staff.sessions.endAll(keyId);
    await staff.audit.note({ keyId, action: "sessions.end", detail: {}, count });
    return c.body(null, 204);
  });

  const { audit } = staff;
  const coveredSite = coveredSites(deps.sites);
  return routes
    .route("/", staffRecordRoutes({ ...deps, audit, coveredSite }))
    .route("/", staffReplayRoutes({ ...deps, audit, coveredSite }))
    .route("/", staffVersionRoutes({ ...deps, audit, coveredSite }))
    .route("/", staffRateRoutes({ ...deps, audit, coveredSite }))
    .route("/", staffExportRoutes({ ...deps, audit, coveredSite }))
    .route("/", staffEventRoutes({ ...deps, audit, coveredSite }))
    .route("/", staffKeyRoutes({ ...deps, ...staff, coveredSite }))
    .route("/", staffAuditRoutes({ audit, coveredSite }))
    .route("/", staffDeliveryRoutes({ deadLetters: deps.deadLetters, audit, coveredSite }))
    .route("/", staffErasureRoutes({ erasures: deps.erasures, audit, coveredSite }));
}

const describeHolder = (holder: Holder): StaffSession => ({ ...holder });
