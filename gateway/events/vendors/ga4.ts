/**
 * Google Analytics 4: hits re-emitted to `/g/collect`, as the official tag would send them, with
 * everything that identifies replaced.
 *
 * Delivery is at most once. Google asks not to repeat a request that was answered with anything but
 * 2xx, and has no key by which it would recognise a hit it already has; so only a request that never
 * left is tried again, and one without an answer becomes a dead letter.
 */
import { syntheticAgent } from "../../privacy/user-agent.ts";
import { typicalResolution } from "../../privacy/screen.ts";
import { pageAddress, type NeutralEvent } from "../neutral.ts";
import type { Destination, RenderContext, SendOutcome, Vendor, Verdict } from "./vendor.ts";

/** A hit carries no time of its own: a later one would be counted on another day. */
const maxAge = 24 * 3600 * 1000;

export const ga4: Vendor = {
  id: "ga4",
  destination(service, endpoints): Destination | null {
    if (service.vendor !== "ga4") return null;
    const { measurementId } = service.settings;
    return {
      maxAge,
      classify,
      render: (event, context) => ({
        url: `${endpoints.ga4.collect}?${parameters(event, context, measurementId)}`,
        method: "POST",
        headers: { "user-agent": syntheticAgent(event.agent) },
        body: "",
      }),
    };
  },
};

function parameters(event: NeutralEvent, context: RenderContext, tid: string): URLSearchParams {
  const { visitor, since, consent } = context;
  const hit = new URLSearchParams({
    v: "2",
    tid,
    // Id of one page load: the hits of a page are not to be told from those of another.
    _p: String(Math.floor(context.random() * 2 ** 31)),
    cid: `${visitor}.${since}`,
    sid: String(since),
    sct: "1",
    seg: "1",
    _s: "1",
    gcs: `G1${flag(consent.ads)}${flag(consent.analytics)}`,
    npa: "1",
    en: event.name,
    dl: pageAddress(event),
  });
  if (event.referrer !== "") hit.set("dr", event.referrer);
  if (event.title !== "") hit.set("dt", event.title);
  if (event.language !== null) hit.set("ul", event.language);
  if (event.screen !== null) hit.set("sr", typicalResolution(event.screen));
  for (const [name, value] of Object.entries(event.params)) setParameter(hit, name, value);
  if (event.country !== null) hit.set("ep.country", event.country);
  return hit;
}

/** `gcs` letters: 1 granted, 0 denied, - not in use. */
function flag(granted: boolean | null): string {
  if (granted === null) return "-";
  return granted ? "1" : "0";
}

function setParameter(hit: URLSearchParams, name: string, value: string | number | boolean): void {
  if (name === "engagement_time_msec") hit.set("_et", String(value));
  else if (name === "currency") hit.set("cu", String(value));
  else hit.set(`${typeof value === "number" ? "epn" : "ep"}.${name}`, String(value));
}

function classify(outcome: SendOutcome): Verdict {
  if (outcome.kind === "unsent") return { kind: "retry", retryAfter: null };
  if (outcome.kind === "unknown") return { kind: "dead", reason: "unknown_outcome" };
  if (outcome.status >= 200 && outcome.status < 300) return { kind: "delivered" };
  return {
    kind: "dead",
    reason:
      outcome.status >= 500 || outcome.status === 429 ? "failed_at_vendor" : "refused_by_vendor",
  };
}
