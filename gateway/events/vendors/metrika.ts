/**
 * Yandex.Metrika: Measurement Protocol, one interaction per request
 * (https://yandex.ru/dev/metrika/ru/data-import/measurement-upload).
 *
 * A goal that matches no visit is thrown away, so a visitor's events are sent in the order in which
 * they came, a page view that must wait holding back the goals behind it. 429 and 5xx say that the
 * interaction was not taken: it is sent again, for up to the 12 hours Metrika looks back. There is no
 * key by which Metrika would recognise a repeated interaction, so one without an answer becomes a dead
 * letter rather than a second page view.
 */
import { syntheticAgent } from "../../privacy/user-agent.ts";
import { pageAddress, pageView, type NeutralEvent } from "../neutral.ts";
import type { Destination, RenderContext, SendOutcome, Vendor, Verdict } from "./vendor.ts";

/** Metrika takes events of up to 12 hours back; five minutes are kept for the way. */
const maxAge = 12 * 3600 * 1000 - 5 * 60_000;

export const metrika: Vendor = {
  id: "metrika",
  destination(service, endpoints): Destination | null {
    if (service.vendor !== "metrika") return null;
    const { counter } = service.settings;
    const token = endpoints.metrika.tokens[String(counter)];
    return {
      maxAge,
      classify,
      render: (event, context) => ({
        url: endpoints.metrika.collect,
        method: "POST",
        headers: {
          "user-agent": syntheticAgent(event.agent),
          "content-type": "application/x-www-form-urlencoded",
        },
        body: parameters(event, context, counter, token).toString(),
      }),
    };
  },
};

function parameters(
  event: NeutralEvent,
  { visitor, since, occurredAt }: RenderContext,
  counter: number,
  token: string | undefined,
): URLSearchParams {
  const view = event.name === pageView;
  const hit = new URLSearchParams({
    tid: String(counter),
    // As the tag's own client ids: the second of the first visit, then digits.
    cid: `${since}${String(visitor).padStart(8, "0")}`,
    t: view ? "pageview" : "event",
    dl: pageAddress(event),
    et: String(occurredAt / 1000),
  });
  if (token !== undefined) hit.set("ms", token);
  if (view) {
    // Both are required; an outside referrer is never sent, and the path says what a title would.
    hit.set("dr", event.referrer);
    hit.set("dt", event.title === "" ? new URL(event.page).pathname : event.title);
  } else {
    hit.set("ea", event.name);
  }
  const params = { ...event.params, ...(event.country !== null && { country: event.country }) };
  if (Object.keys(params).length > 0) hit.set("params", JSON.stringify(params));
  return hit;
}

function classify(outcome: SendOutcome): Verdict {
  if (outcome.kind === "unsent") return { kind: "retry", retryAfter: null };
  if (outcome.kind === "unknown") return { kind: "dead", reason: "unknown_outcome" };
  const { status, retryAfter } = outcome;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  if (status >= 500 || status === 429) return { kind: "retry", retryAfter };
  return { kind: "dead", reason: "refused_by_vendor" };
}
