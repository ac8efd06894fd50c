/** `/v1/staff/erasures` and `/v1/staff/holds`. Neither consent ids nor reasons enter the audit trail. */
import { Hono } from "hono";
import {
  erasureBody,
  erasureList,
  erasureListQuery,
  holdBody,
  holdListQuery,
  type HoldAnswer,
  type HoldList,
} from "../../contract/staff/erasures.ts";
import type { ErasureAnswer } from "../../contract/subject.ts";
import { parseConsentId } from "../../log/consent-id.ts";
import type { Erasures } from "../../log/erasure/erasures.ts";
import type { ListedErasure } from "../../log/erasure/list.ts";
import type { Hold } from "../../log/erasure/holds.ts";
import type { Audit } from "../../staff/audit.ts";
import { HttpError, parseBody, parseQuery, readBody } from "../http.ts";
import { requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";

export interface StaffErasureDeps {
  erasures: Erasures;
  audit: Audit;
  coveredSite: CoveredSite;
}

const nobody = () =>
  new HttpError("not_found", "There are no records under this consent id on this site.");

/** Mounted behind `staffDoor`. */
export function staffErasureRoutes(deps: StaffErasureDeps): Hono<StaffEnv> {
  const { erasures, audit, coveredSite } = deps;
  return new Hono<StaffEnv>()
    .post("/v1/staff/erasures", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:erase");
      const body = parseBody(await readBody(c), erasureBody);
      const { id: site } = await coveredSite(holder, body.site);
      const consentId = parseConsentId(body.consentId);
      const note = (count: number) =>
        audit.note({
          keyId: holder.keyId,
          action: "subject.erase",
          detail: { site, reason: body.reason, done: count > 0 },
          count,
        });
      // Before the deed too: an erasure that cannot be noted does not happen.
      await note(0);
      const erased = consentId && (await erasures.erase({ site, consentId }, body.reason));
      if (!erased) throw nobody();
      await note(1);
      const answer: ErasureAnswer = erased;
      return c.json(answer);
    })
    .get("/v1/staff/erasures", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const query = parseQuery(c.req.query(), erasureListQuery);
      const { id: site } = await coveredSite(holder, query.site);
      const listed = await erasures.list(site, query.limit);
      await audit.note({
        keyId: holder.keyId,
        action: "erasures.list",
        detail: { site },
        count: listed.length,
      });
      return c.json(erasureList.parse({ erasures: listed.map(describeErasure) }));
    })
    .post("/v1/staff/holds", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:hold");
      const body = parseBody(await readBody(c), holdBody);
      const { id: site } = await coveredSite(holder, body.site);
      const consentId = parseConsentId(body.consentId);
      const hold =
        consentId &&
        (await erasures.holds.set(
          { site, consentId },
          { reason: body.reason, keyId: holder.keyId },
        ));
      await audit.note({
        keyId: holder.keyId,
        action: "hold.set",
        detail: { site, hold: hold ? hold.id : null },
        count: hold ? 1 : 0,
      });
      if (!hold) throw nobody();
      return c.json(describeHold(hold), 201);
    })
    .get("/v1/staff/holds", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const query = parseQuery(c.req.query(), holdListQuery);
      const { id: site } = await coveredSite(holder, query.site);
      const answer: HoldList = { holds: (await erasures.holds.list(site)).map(describeHold) };
      await audit.note({
        keyId: holder.keyId,
        action: "holds.list",
        detail: { site },
        count: answer.holds.length,
      });
      return c.json(answer);
    })
    .delete("/v1/staff/holds/:site/:id{[0-9]{1,15}}", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:hold");
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const id = Number(c.req.param("id"));
      const lifted = await erasures.holds.lift(site, id);
      await audit.note({
        keyId: holder.keyId,
        action: "hold.lift",
        detail: { site, hold: lifted ? id : null },
        count: lifted ? 1 : 0,
      });
      if (!lifted) throw new HttpError("not_found", "This site has no such hold.");
      return c.body(null, 204);
    });
}

const describeErasure = ({ id, cause, visitors, requestedAt, clean, told }: ListedErasure) => ({
  id,
  cause,
  visitors,
  time: Math.floor(requestedAt / 1000),
  residue: clean ? "gone" : "pending",
  logged: told,
});

const describeHold = ({ id, reason, keyId, heldAt }: Hold): HoldAnswer => ({
  id,
  reason,
  heldBy: keyId,
  heldAt: Math.floor(heldAt / 1000),
});
