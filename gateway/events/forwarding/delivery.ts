/** One claimed event: consent, age, request, answer — and what that makes of it. */
import { createHmac, createSecretKey } from "node:crypto";
import type { Clock } from "../../clock.ts";
import type { Service } from "../../contract/site.ts";
import type { VendorEndpoints } from "../../contract/vendors.ts";
import type { Logger } from "../../logger.ts";
import { pseudonym, windowOf } from "../../privacy/pseudonym.ts";
import type { InstallationSecret } from "../../secret.ts";
import { backoff } from "./backoff.ts";
import type { Circuit } from "./circuit.ts";
import { consentOf, type Pass } from "./exit.ts";
import { neutralEvent, type NeutralEvent } from "../intake/neutral.ts";
import type { ClaimedEvent } from "../outbox/lease.ts";
import type { Sender } from "./send.ts";
import type { Settlement } from "../outbox/settle.ts";
import {
  verdictOf,
  type Destination,
  type RenderContext,
  type SendOutcome,
  type Verdict,
  type VendorRequest,
} from "../vendor.ts";
import { destinationOf } from "../vendors.ts";

export interface DeliveryDeps {
  endpoints: VendorEndpoints;
  secret: InstallationSecret;
  clock: Clock;
  logger: Logger;
  random: () => number;
  sender: Sender;
}

export interface Delivery {
  /** What it makes never throws: a poison event becomes a dead letter and harms no other. */
  deliver(
    event: ClaimedEvent,
    exit: (event: ClaimedEvent) => Promise<Pass | null>,
    circuit: Circuit,
  ): Promise<Settlement>;
  /** The way to a service, read once: configurations are immutable. */
  wayTo(service: Service): Destination | null;
}

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { endpoints, clock, logger, random, sender } = deps;
  const pseudonymKey = createSecretKey(deps.secret.derive("pseudonym"));
  const eventKey = createSecretKey(deps.secret.derive("event-id"));
  const ways = new WeakMap<Service, Destination | null>();

  function wayTo(service: Service): Destination | null {
    const known = ways.get(service);
    if (known !== undefined) return known;
    const way = destinationOf(service, endpoints);
    ways.set(service, way);
    return way;
  }

  async function deliver(
    event: ClaimedEvent,
    exit: (event: ClaimedEvent) => Promise<Pass | null>,
    circuit: Circuit,
  ): Promise<Settlement> {
    let pass: Pass | null;
    try {
      const opens = circuit.openUntil();
      if (opens !== null) return { kind: "unsent", dueAt: opens };
      pass = await exit(event);
    } catch (error) {
      logger.error({ service: event.service }, "consent could not be read; not sent", error);
      return { kind: "unsent", dueAt: clock.now() + backoff(3, random()) };
    }
    const destination = pass && wayTo(pass.service);
    if (!pass || !destination) return { kind: "dropped" };
    if (event.lapsed)
      return settlementOf(verdictOf({ kind: "unknown" }, destination.policy), event, pass);
    const request = prepare(event, pass, destination);
    if (typeof request === "string") return { kind: "dead", reason: request };
    const comeBack = await circuit.enter();
    if (comeBack !== null) return { kind: "unsent", dueAt: comeBack };
    const outcome = await sender.send(request);
    if (isOutage(outcome)) circuit.failed(outcome.kind === "answered" ? outcome.retryAfter : null);
    else circuit.succeeded();
    return settlementOf(verdictOf(outcome, destination.policy), event, pass);
  }

  /** The request for a stored event, or why there cannot be one. */
  function prepare(
    event: ClaimedEvent,
    pass: Pass,
    destination: Destination,
  ): VendorRequest | "too_old" | "unreadable" | "not_configured" {
    try {
      const neutral: NeutralEvent = neutralEvent.parse(JSON.parse(event.payload));
      if (clock.now() - event.occurredAt > destination.maxAge(neutral.source)) return "too_old";
      const request = destination.render(neutral, contextOf(event, pass));
      if (request !== null && !sender.allows(request.url)) return "unreadable";
      return request ?? "not_configured";
    } catch {
      return "unreadable";
    }
  }

  function contextOf(event: ClaimedEvent, pass: Pass): RenderContext {
    const { id, site, service, subject, occurredAt } = event;
    const { vendor, profile } = pass.service;
    const { name: window, since } = windowOf(occurredAt, profile === "balanced" ? "month" : "day");
    return {
      // Few vendors ask for it, and it costs as much as the rest of the request.
      get key() {
        return createHmac("sha256", eventKey)
          .update(`${id}\0${occurredAt}\0${service}\0${site}`)
          .digest("base64url")
          .slice(0, 27);
      },
      site,
      service,
      occurredAt,
      sentAt: clock.now(),
      visitor: pseudonym(pseudonymKey, { vendor, site, window }, subject),
      since,
      session: windowOf(occurredAt, "day").since,
      consent: {
        ads: consentOf("ad_storage", pass),
        analytics: consentOf("analytics_storage", pass),
        adUserData: consentOf("ad_user_data", pass),
        adPersonalization: consentOf("ad_personalization", pass),
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

  return { deliver, wayTo };
}

function isOutage(outcome: SendOutcome): boolean {
  return outcome.kind !== "answered" || outcome.status >= 500 || outcome.status === 429;
}
