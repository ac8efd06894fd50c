/** One claimed event: consent, age, request, answer — and what that makes of it. */
import type { Clock } from "../clock.ts";
import type { VendorEndpoints } from "../contract/vendors.ts";
import type { Logger } from "../logger.ts";
import type { InstallationSecret } from "../secret.ts";
import { dayStart, pseudonym, utcDay } from "../privacy/pseudonym.ts";
import { backoff } from "./backoff.ts";
import { consentOf, type Pass } from "./exit.ts";
import { neutralEvent } from "./neutral.ts";
import type { ClaimedEvent } from "./outbox.ts";
import type { Pauses } from "./pauses.ts";
import type { Sender } from "./send.ts";
import type { Settlement } from "./settle.ts";
import type {
  Destination,
  RenderContext,
  SendOutcome,
  VendorRequest,
  Verdict,
} from "./vendors/vendor.ts";
import { destinationOf } from "./vendors/vendors.ts";

export interface DeliveryDeps {
  endpoints: VendorEndpoints;
  secret: InstallationSecret;
  clock: Clock;
  logger: Logger;
  random: () => number;
  sender: Sender;
  pauses: Pauses;
}

export type Delivery = (
  event: ClaimedEvent,
  exit: (event: ClaimedEvent) => Promise<Pass | null>,
) => Promise<Settlement>;

/** What it makes never throws: a poison event becomes a dead letter and harms no other. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { endpoints, clock, logger, random, sender, pauses } = deps;
  const key = deps.secret.derive("pseudonym");

  return async function deliver(event, exit) {
    const pausedUntil = pauses.until(event);
    if (pausedUntil !== null) return { kind: "unsent", dueAt: pausedUntil };

    let pass: Pass | null;
    try {
      pass = await exit(event);
    } catch (error) {
      logger.error({ service: event.service }, "consent could not be read; not sent", error);
      return { kind: "unsent", dueAt: clock.now() + backoff(3, random()) };
    }
    const way = pass && destinationOf(pass.service, endpoints);
    if (!pass || !way) return { kind: "dropped" };
    const { vendor, destination } = way;
    if (event.lapsed) return settlementOf(destination.classify({ kind: "unknown" }), event, pass);
    if (clock.now() - event.occurredAt > destination.maxAge)
      return { kind: "dead", reason: "too_old" };

    const request = prepare(event.payload, destination, () => contextOf(event, vendor, pass));
    if (!request) return { kind: "dead", reason: "unreadable" };
    const outcome = await sender.send(request);
    if (isOutage(outcome)) pauses.extend(event);
    else pauses.end(event);
    return settlementOf(destination.classify(outcome), event, pass);
  };

  function contextOf(event: ClaimedEvent, vendor: string, pass: Pass): RenderContext {
    const day = utcDay(event.occurredAt);
    return {
      occurredAt: event.occurredAt,
      visitor: pseudonym(key, { vendor, site: event.site, day }, event.subject),
      since: dayStart(day),
      consent: {
        ads: consentOf("ad_storage", pass),
        analytics: consentOf("analytics_storage", pass),
      },
      random,
    };
  }

  function settlementOf(verdict: Verdict, event: ClaimedEvent, { decision }: Pass): Settlement {
    if (verdict.kind === "delivered")
      return { kind: "delivered", basis: { log: decision.log, index: decision.index } };
    if (verdict.kind === "dead") return verdict;
    const wait = Math.max(verdict.retryAfter ?? 0, backoff(event.attempts + 1, random()));
    return { kind: "retry", dueAt: clock.now() + wait };
  }
}

/** The request for a stored event; null when what is stored cannot be made into one. */
function prepare(
  payload: string,
  destination: Destination,
  context: () => RenderContext,
): VendorRequest | null {
  try {
    return destination.render(neutralEvent.parse(JSON.parse(payload)), context());
  } catch {
    return null;
  }
}

function isOutage(outcome: SendOutcome): boolean {
  return outcome.kind !== "answered" || outcome.status >= 500 || outcome.status === 429;
}
