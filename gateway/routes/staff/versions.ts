/** `/v1/staff/sites/{site}/…`: its versions, what changed between them, publishing another, its tag. */
import { Hono } from "hono";
import { hash } from "../../contract/ids.ts";
import {
  differenceQuery,
  draftBody,
  publishBody,
  timelineQuery,
  type PublishAnswer,
} from "../../contract/staff/versions.ts";
import type { SiteHistory } from "../../sites/history/history.ts";
import type { Sites } from "../../sites/sites.ts";
import type { Audit } from "../../staff/audit.ts";
import { parseBody, parseQuery, readBody } from "../http.ts";
import { notThere, requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";
import { draftLimit, filesOf } from "./draft.ts";

export interface StaffVersionDeps {
  history: SiteHistory;
  sites: Pick<Sites, "publish" | "embedding">;
  audit: Audit;
  coveredSite: CoveredSite;
}

/** Mounted behind `staffDoor`. */
export function staffVersionRoutes(deps: StaffVersionDeps): Hono<StaffEnv> {
  const { history, sites, audit, coveredSite } = deps;
  const milliseconds = (seconds: number | undefined) =>
    seconds === undefined ? undefined : seconds * 1000;

  return new Hono<StaffEnv>()
    .get("/v1/staff/sites/:site/versions", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "sites:read");
      const { at } = parseQuery(c.req.query(), timelineQuery);
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const answer = await history.timeline(site, milliseconds(at));
      await audit.note({
        keyId: holder.keyId,
        action: "versions.list",
        detail: { site, ...(at !== undefined && { at }) },
        count: answer?.entries.length ?? 0,
      });
      if (!answer) throw notThere();
      return c.json(answer);
    })
    .get("/v1/staff/sites/:site/versions/:version", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "sites:read");
      const wanted = hash.safeParse(c.req.param("version"));
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const answer = wanted.success ? await history.version(site, wanted.data) : null;
      await audit.note({
        keyId: holder.keyId,
        action: "version.read",
        // A hash that is not ours is the client's text, and is not kept.
        detail: { site, version: answer?.version ?? null },
        count: answer ? Object.keys(answer.files).length : 0,
      });
      if (!answer) throw notThere();
      return c.json(answer);
    })
    .get("/v1/staff/sites/:site/difference", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "sites:read");
      const { from, to } = parseQuery(c.req.query(), differenceQuery);
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const answer = await history.difference(site, from, to);
      await audit.note({
        keyId: holder.keyId,
        action: "versions.compare",
        detail: { site, from: answer?.from ?? null, to: answer?.to ?? null },
        count: answer ? 2 : 0,
      });
      if (!answer) throw notThere();
      return c.json(answer);
    })
    .post("/v1/staff/sites/:site/check", async (c) => {
      const holder = c.get("holder");
      // Not noted, since it is asked while one types: what a draft is compared with is public, in the
      // site's tag and its documents.
      requirePermission(holder, "sites:read");
      const { files, effectiveAt } = parseBody(await readBody(c, draftLimit), draftBody);
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      return c.json(await history.check(site, filesOf(files), milliseconds(effectiveAt)));
    })
    .post("/v1/staff/sites/:site/versions", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "sites:publish");
      const body = parseBody(await readBody(c, draftLimit), publishBody);
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const effectiveAt = milliseconds(body.effectiveAt);
      const note = (done: boolean, detail: object, count: number) =>
        audit.note({
          keyId: holder.keyId,
          action: "version.publish",
          detail: { site, ...detail, done },
          count,
        });
      // Before the deed too: what cannot be noted does not happen.
      await note(false, {}, 0);
      const published = await sites.publish(filesOf(body.files), {
        site,
        expected: body.expected,
        publishedBy: holder.keyId,
        ...(effectiveAt !== undefined && { effectiveAt }),
      });
      const answer: PublishAnswer = {
        version: published.version,
        config: published.config,
        effectiveAt: Math.floor(published.effectiveAt / 1000),
        fresh: published.fresh,
      };
      const { version, effectiveAt: from, fresh } = answer;
      await note(true, { version, effectiveAt: from }, fresh ? 1 : 0);
      return c.json(answer, 201);
    })
    .get("/v1/staff/sites/:site/tag", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "sites:read");
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const answer = await sites.embedding(site);
      await audit.note({ keyId: holder.keyId, action: "tag.read", detail: { site }, count: 1 });
      if (!answer) throw notThere();
      return c.json(answer);
    });
}
