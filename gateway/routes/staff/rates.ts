/** `/v1/staff/rates` and `/v1/staff/overview`: how visitors decided, in numbers. */
import { Hono } from "hono";
import {
  overviewQuery,
  ratesQuery,
  type Overview,
  type RateList,
} from "../../contract/staff/rates.ts";
import type { Sites } from "../../sites/sites.ts";
import type { Audit } from "../../staff/audit.ts";
import type { Rates } from "../../staff/rates.ts";
import { parseQuery } from "../http.ts";
import { coversSite, requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";

export interface StaffRateDeps {
  rates: Rates;
  sites: Pick<Sites, "list">;
  audit: Audit;
  coveredSite: CoveredSite;
}

/** Mounted behind `staffDoor`. */
export function staffRateRoutes({ rates, sites, audit, coveredSite }: StaffRateDeps) {
  return new Hono<StaffEnv>()
    .get("/v1/staff/rates", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const query = parseQuery(c.req.query(), ratesQuery);
      await coveredSite(holder, query.site);
      const answer: RateList = await rates.of(query);
      await audit.note({
        keyId: holder.keyId,
        action: "rates.read",
        detail: query,
        count: answer.rates.length,
      });
      return c.json(answer);
    })
    .get("/v1/staff/overview", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const { days } = parseQuery(c.req.query(), overviewQuery);
      const published = await sites.list();
      const covered = published
        .filter(({ id }) => coversSite(holder, id))
        .map(({ id, config }) => ({ id, name: config.site.name }));
      const answer: Overview = await rates.overview(covered, days);
      await audit.note({
        keyId: holder.keyId,
        action: "overview.read",
        detail: { days },
        count: covered.length,
      });
      return c.json(answer);
    });
}
