/** `/v1/staff/audit`: the trail of what staff did. */
import { Hono } from "hono";
import { auditQuery, type AuditList } from "../../contract/staff/audit.ts";
import type { Audit } from "../../staff/audit.ts";
import { parseQuery } from "../http.ts";
import { onlySite, requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";

/** Mounted behind `staffDoor`. */
export function staffAuditRoutes(deps: { audit: Audit; coveredSite: CoveredSite }) {
  const { audit, coveredSite } = deps;
  return new Hono<StaffEnv>().get("/v1/staff/audit", async (c) => {
    const holder = c.get("holder");
    requirePermission(holder, "audit:read");
    const { site: asked, key, before, limit } = parseQuery(c.req.query(), auditQuery);
    const sites = asked === undefined ? holder.sites : [(await coveredSite(holder, asked)).id];
    const entries = await audit.list({
      sites,
      limit: limit + 1,
      ...(key !== undefined && { keyId: key }),
      ...(before !== undefined && { before }),
    });
    const page = entries.slice(0, limit);
    await audit.note({
      keyId: holder.keyId,
      action: "audit.read",
      detail: { site: asked ?? onlySite(holder), further: before !== undefined },
      count: page.length,
    });
    const answer: AuditList = {
      entries: page,
      next: entries.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
    return c.json(answer);
  });
}
