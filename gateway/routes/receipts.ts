/**
 * `GET /v1/sites/{site}/receipts/{recordId}`: the evidence of one decision. Anybody who knows the record's
 * id may have it, a link in a page included, so there is no door for origins before it; what it opens
 * depends on the visitor's secret or a staff key.
 */
import { Hono, type Context } from "hono";
import { id128 } from "../contract/ids.ts";
import type { ConsentLog } from "../log/log.ts";
import type { Receipts, Viewer } from "../log/receipts.ts";
import type { SiteConfig, Sites } from "../sites/sites.ts";
import type { Staff } from "../staff/staff.ts";
import { recordReader, subjectSecret } from "./authorization.ts";
import { HttpError, type HttpEnv } from "./http.ts";

export interface ReceiptDeps {
  sites: Sites;
  log: ConsentLog;
  receipts: Receipts;
  staff: Staff;
}

const address = "/v1/sites/:site/receipts/:record";

/** Seconds a browser remembers the answer to its preflight. */
const preflightLife = 600;

/** Mounted before `visitorDoor`, which would refuse requests without an origin. */
export function receiptRoutes(deps: ReceiptDeps): Hono<HttpEnv> {
  /** Pages of the site may read the answer; others may only link to it. */
  async function siteOf(c: Context<HttpEnv>): Promise<{ config: SiteConfig; isOwn: boolean }> {
    c.header("Vary", "Origin");
    c.header("Cache-Control", "no-store");
    const config = await deps.sites.effective(c.req.param("site") ?? "");
    if (!config) throw new HttpError("site_unknown", "There is no such site on this gateway.");
    const origin = c.req.header("origin");
    const isOwn = origin !== undefined && config.site.origins.includes(origin);
    if (isOwn) {
      c.header("Access-Control-Allow-Origin", origin);
      c.header("Access-Control-Expose-Headers", "Retry-After");
    }
    return { config, isOwn };
  }

  async function viewerOf(c: Context<HttpEnv>, site: string, record: string): Promise<Viewer> {
    if (c.req.header("authorization") === undefined) return { kind: "anybody" };
    const secret = subjectSecret(c);
    if (secret !== null)
      return { kind: "visitor", subject: await deps.log.subjectOf(site, secret) };
    const holder = await recordReader(c, deps.staff, site);
    await deps.staff.audit.note({
      keyId: holder.keyId,
      action: "receipt.read",
      detail: { site, record },
      count: 1,
    });
    return { kind: "staff" };
  }

  return new Hono<HttpEnv>()
    .options(address, async (c) => {
      const { isOwn } = await siteOf(c);
      if (!isOwn)
        throw new HttpError("origin_refused", "This origin is not in the site's list of origins.");
      c.header("Access-Control-Allow-Methods", "GET");
      c.header("Access-Control-Allow-Headers", "Authorization");
      c.header("Access-Control-Max-Age", String(preflightLife));
      return c.body(null, 204);
    })
    .get(address, async (c) => {
      const { config } = await siteOf(c);
      const site = config.site.id;
      const record = c.req.param("record");
      if (!id128.safeParse(record).success) throw unknownRecord();
      const viewer = await viewerOf(c, site, record);
      const answer = await deps.receipts.receipt(site, record, viewer);
      switch (answer.status) {
        case "ready":
          c.header("Content-Disposition", `attachment; filename="receipt-${record}.txt"`);
          return c.text(answer.text);
        case "pending":
          c.header("Retry-After", "1");
          return c.text("Recorded, and not signed yet: ask again in a second.\n", 202);
        case "unknown":
          throw unknownRecord();
        case "erased":
          throw new HttpError("record_erased", "This record was erased.");
        case "dropped":
          throw new HttpError(
            "log_dropped",
            "There is no record with this id any more, if there ever was: logs of past years were dropped, and what they held is proved only by receipts given out before.",
          );
        case "foreign":
          throw new HttpError("forbidden", "This record was not made under this secret.");
      }
    });
}

const unknownRecord = () => new HttpError("not_found", "There is no record with this id.");
