/**
 * `POST /v1/sites/{site}/handovers` and `…/redeem`: a choice follows its visitor over a link to another of the
 * site's domains. Neither request names a subject: the other domain makes one of its own.
 */
import { Hono } from "hono";
import {
  handoverBody,
  redeemBody,
  type HandoverAnswer,
  type RedeemAnswer,
} from "../../contract/handover.ts";
import { askedOf } from "../../sites/asked.ts";
import type { Handovers } from "../../sites/handovers.ts";
import { HttpError, parseBody, readBody } from "../http.ts";
import type { VisitorEnv } from "./door.ts";

export interface HandoverDeps {
  handovers: Handovers;
}

/** Mounted behind `visitorDoor` at `/v1/sites/:site`. */
export function handoverRoutes({ handovers }: HandoverDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>()
    .post("/handovers", async (c) => {
      const { to, choice } = parseBody(await readBody(c), handoverBody);
      const { site, revision } = c.get("site");
      const shared = site.share?.origins ?? [];
      const from = c.get("origin");
      if (!shared.includes(from) || !shared.includes(to) || from === to)
        throw new HttpError(
          "origin_refused",
          "Choices are not handed over between these origins: the site's share.origins names those that are.",
        );
      if (choice.revision !== revision)
        throw new HttpError(
          "config_unknown",
          "The choice was made under other texts than those in effect: the visitor is asked again.",
        );
      const { purposes, services } = askedOf(site);
      if (!choice.granted.every((id) => [...purposes, ...services].includes(id)))
        throw new HttpError("invalid_body", "The choice does not fit the site.", {
          issues: [{ path: "choice.granted", message: "names what this site does not ask about" }],
        });
      const code = await handovers.issue({ site: site.id, origin: to }, choice);
      return c.json({ code } satisfies HandoverAnswer, 201);
    })
    .post("/handovers/redeem", async (c) => {
      const { code } = parseBody(await readBody(c), redeemBody);
      const { site } = c.get("site");
      const choice = await handovers.redeem({ site: site.id, origin: c.get("origin") }, code);
      if (!choice)
        throw new HttpError("not_found", "This code counts no more, or not on this page.");
      return c.json({ choice } satisfies RedeemAnswer);
    });
}
