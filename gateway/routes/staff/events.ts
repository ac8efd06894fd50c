/** `/v1/staff/events/…`: whether events add up, and which consent was relied on. Counts, no content. */
import { Hono } from "hono";
import {
  balanceQuery,
  deliveriesQuery,
  type BalanceAnswer,
  type DeliveryList,
} from "../../contract/staff/events.ts";
import type { Balance } from "../../events/accounts/balance.ts";
import type { Deliveries } from "../../events/accounts/deliveries.ts";
import type { Audit } from "../../staff/audit.ts";
import { parseQuery } from "../http.ts";
import { requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";

export interface StaffEventDeps {
  balance: Balance;
  deliveries: Deliveries;
  audit: Audit;
  coveredSite: CoveredSite;
}

/** Mounted behind `staffDoor`. */
export function staffEventRoutes({ balance, deliveries, audit, coveredSite }: StaffEventDeps) {
  return new Hono<StaffEnv>()
    .get("/v1/staff/events/balance", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const query = parseQuery(c.req.query(), balanceQuery);
      await coveredSite(holder, query.site);
      const answer: BalanceAnswer = await balance.of(query);
      await audit.note({
        keyId: holder.keyId,
        action: "events.balance",
        detail: query,
        count: answer.days.length,
      });
      return c.json(answer);
    })
    .get("/v1/staff/events/deliveries", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const query = parseQuery(c.req.query(), deliveriesQuery);
      await coveredSite(holder, query.site);
      const answer: DeliveryList = await deliveries.list(query);
      await audit.note({
        keyId: holder.keyId,
        action: "deliveries.list",
        // Ids and services that are not ours are the client's text, and are not kept.
        detail: {
          site: query.site,
          from: query.from ?? null,
          to: query.to ?? null,
          byRecord: query.record !== undefined,
          further: query.cursor !== undefined,
        },
        count: answer.deliveries.length,
      });
      return c.json(answer);
    });
}
