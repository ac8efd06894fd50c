/** `/v1/staff/dead-letters`: looking at what was not delivered, sending it again, throwing it away. */
import { Hono } from "hono";
import {
  deadLetterChoice,
  deadLetterQuery,
  type DeadLetterList,
  type DeadLettersMoved,
} from "../../contract/staff/deliveries.ts";
import type { DeadLetter, DeadLetters } from "../../events/outbox/dead-letters.ts";
import type { Audit } from "../../staff/audit.ts";
import { parseBody, parseQuery, readBody } from "../http.ts";
import { requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";

export interface StaffDeliveryDeps {
  deadLetters: DeadLetters;
  audit: Audit;
  coveredSite: CoveredSite;
}

/** Mounted behind `staffDoor`. */
export function staffDeliveryRoutes(deps: StaffDeliveryDeps): Hono<StaffEnv> {
  const { deadLetters, audit, coveredSite } = deps;
  const routes = new Hono<StaffEnv>().get("/v1/staff/dead-letters", async (c) => {
    const holder = c.get("holder");
    requirePermission(holder, "deliveries:read");
    const { limit, before, ...filter } = parseQuery(c.req.query(), deadLetterQuery);
    await coveredSite(holder, filter.site);
    const found = await deadLetters.list(filter, { before, limit: limit + 1 });
    const shown = found.slice(0, limit);
    await audit.note({
      keyId: holder.keyId,
      action: "deadletters.list",
      detail: detailOf(filter),
      count: shown.length,
    });
    const answer: DeadLetterList = {
      deadLetters: shown.map(describe),
      next: found.length > limit ? shown.at(-1)!.id : null,
    };
    return c.json(answer);
  });

  for (const deed of ["replay", "discard"] as const)
    routes.post(`/v1/staff/dead-letters/${deed}`, async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "deliveries:change");
      const choice = parseBody(await readBody(c), deadLetterChoice);
      await coveredSite(holder, choice.site);
      const note = (done: boolean, count: number) =>
        audit.note({
          keyId: holder.keyId,
          action: `deadletters.${deed}`,
          detail: { ...detailOf(choice), ids: choice.ids?.length ?? null, done },
          count,
        });
      // Before the deed too: what cannot be noted does not happen.
      await note(false, 0);
      const count = await deadLetters[deed](choice);
      await note(true, count);
      const answer: DeadLettersMoved = { count };
      return c.json(answer);
    });
  return routes;
}

/** A service is a client's word until it is found: its presence is noted, not its text. */
const detailOf = (filter: {
  site: string;
  service?: string | undefined;
  reason?: string | undefined;
}) => ({
  site: filter.site,
  service: filter.service !== undefined,
  reason: filter.reason ?? null,
});

const describe = (letter: DeadLetter): DeadLetterList["deadLetters"][number] => ({
  id: letter.id,
  service: letter.service,
  reason: letter.reason,
  event: letter.event && {
    name: letter.event.name,
    source: letter.event.source,
    page: letter.event.page,
  },
  occurredAt: Math.floor(letter.occurredAt / 1000),
  diedAt: Math.floor(letter.diedAt / 1000),
  attempts: letter.attempts,
});
