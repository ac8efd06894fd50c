/** `/v1/staff/sites/{site}/configurations/{config}/replay` and `/v1/staff/preview`: what visitors are shown. */
import { Hono } from "hono";
import { hash } from "../../contract/ids.ts";
import { previewBody, replayQuery, type Replay } from "../../contract/staff/replay.ts";
import type { Sites } from "../../sites/sites.ts";
import type { Audit } from "../../staff/audit.ts";
import { HttpError, parseBody, parseQuery, readBody } from "../http.ts";
import { notThere, requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";
import { draftLimit, filesOf } from "./draft.ts";

export interface StaffReplayDeps {
  sites: Pick<Sites, "replay" | "preview">;
  audit: Audit;
  coveredSite: CoveredSite;
}

/** Mounted behind `staffDoor`. */
export function staffReplayRoutes(deps: StaffReplayDeps): Hono<StaffEnv> {
  const { sites, audit, coveredSite } = deps;
  return new Hono<StaffEnv>()
    .get("/v1/staff/sites/:site/configurations/:config/replay", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const { language } = parseQuery(c.req.query(), replayQuery);
      const wanted = hash.safeParse(c.req.param("config"));
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const answer: Replay | null = wanted.success
        ? await sites.replay(site, wanted.data, language)
        : null;
      await audit.note({
        keyId: holder.keyId,
        action: "replay.read",
        // A hash that is not ours is the client's text, and is not kept.
        detail: { site, config: answer?.config ?? null, ...(answer && { language }) },
        count: answer ? 1 : 0,
      });
      if (!answer) throw notThere();
      return c.json(answer);
    })
    .post("/v1/staff/preview", async (c) => {
      // Nothing stored is read: what is shown is what was sent.
      requirePermission(c.get("holder"), "sites:read");
      const { files, language } = parseBody(await readBody(c, draftLimit), previewBody);
      const answer = await sites.preview(filesOf(files), language);
      if (!answer)
        throw new HttpError("invalid_body", "The site is not shown in this language.", {
          issues: [{ path: "language", message: "is not one of the site's languages" }],
        });
      return c.json(answer);
    });
}
