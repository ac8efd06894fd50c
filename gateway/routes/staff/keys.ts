/** `/v1/staff/keys`: owners make, list and revoke access keys; an owner of one site, those for that site. */
import { Hono } from "hono";
import type { Clock } from "../../clock.ts";
import { keyBody, type KeyList, type NewKey } from "../../contract/staff/keys.ts";
import type { Audit } from "../../staff/audit.ts";
import type { AccessKeys, Holder } from "../../staff/keys.ts";
import { HttpError, parseBody, readBody } from "../http.ts";
import {
  coversSite,
  onlySite,
  requirePermission,
  type CoveredSite,
  type StaffEnv,
} from "./access.ts";

export interface StaffKeyDeps {
  keys: AccessKeys;
  audit: Audit;
  coveredSite: CoveredSite;
  clock: Clock;
}

const day = 86_400_000;

/** An owner of every site has every key in view, one of a site those that are for it alone. */
const isInView = (holder: Holder, key: { site: string | null }) =>
  holder.sites === null || (key.site !== null && coversSite(holder, key.site));

/** Mounted behind `staffDoor`. */
export function staffKeyRoutes({ keys, audit, coveredSite, clock }: StaffKeyDeps) {
  return new Hono<StaffEnv>()
    .get("/v1/staff/keys", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "keys:manage");
      const answer: KeyList = {
        keys: (await keys.list()).filter((key) => isInView(holder, key)),
      };
      await audit.note({
        keyId: holder.keyId,
        action: "keys.list",
        detail: { site: onlySite(holder) },
        count: answer.keys.length,
      });
      return c.json(answer);
    })
    .post("/v1/staff/keys", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "keys:manage");
      const { days, ...grant } = parseBody(await readBody(c), keyBody);
      if (holder.sites !== null && grant.site === null)
        throw new HttpError("forbidden", "A key for one site makes keys for that site only.");
      if (grant.site !== null) await coveredSite(holder, grant.site);
      const expiresAt = days === null ? null : clock.now() + days * day;
      const answer: NewKey = await keys.create({ ...grant, expiresAt });
      await audit.note({
        keyId: holder.keyId,
        action: "key.create",
        detail: { site: grant.site, key: answer.id, role: grant.role, days },
        count: 1,
      });
      return c.json(answer, 201);
    })
    .delete("/v1/staff/keys/:id", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "keys:manage");
      const id = c.req.param("id");
      const found = (await keys.list()).find((key) => key.id === id);
      const revoked = found && isInView(holder, found) ? await keys.revoke(id) : false;
      await audit.note({
        keyId: holder.keyId,
        action: "key.revoke",
        detail: {
          site: revoked ? (found?.site ?? null) : onlySite(holder),
          key: revoked ? id : null,
        },
        count: revoked ? 1 : 0,
      });
      if (!revoked)
        throw new HttpError("not_found", "There is no such key that still counts, or not for you.");
      return c.body(null, 204);
    });
}
