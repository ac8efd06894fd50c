/**
 * What a vendor is to the gateway. A vendor is one file in vendors/ with one default export, made by
 * {@link defineVendor}; nothing else has to know of it.
 */
import type { z } from "zod";
import type { DeadReason } from "../contract/staff/deliveries.ts";
import type { Mode, ServiceVendor } from "../contract/vendors.ts";
import type { EventSource, NeutralEvent } from "./intake/neutral.ts";

export interface VendorDefinition<
  Settings extends Record<string, unknown>,
  Endpoints extends object,
> {
  /** What `vendor` of a service says, and part of every pseudonym's scope: vendors cannot compare theirs. */
  id: string;
  /** `tag` takes a part of the widget too. */
  modes: [Mode, ...Mode[]];
  /** Form of a service's `settings` in site.json: nothing secret, no address. */
  settings: z.ZodType<Settings>;
  account(settings: Settings): string;
  /** Names of events that would mean something else to it: they are not queued for it. None when absent. */
  ignores?: readonly string[];
  /** This vendor's part of `SOGLAS_VENDORS`: addresses and secrets. Must accept `{}`. */
  endpoints: z.ZodType<Endpoints>;
  /** Everywhere its requests may go; all others are refused. */
  addresses(endpoints: Endpoints): string[];
  /** Oldest event worth sending, milliseconds. */
  maxAge: number;
  /** The same of the owner's backend's events, where they go another way. */
  maxAgeFromServer?: number;
  /** Requests on their way at once to one service. */
  concurrency: number;
  policy: SendPolicy;
  /** Null when the installation lacks what this service needs: an address, a secret. */
  render(
    event: NeutralEvent,
    context: RenderContext,
    given: { settings: Settings; endpoints: Endpoints },
  ): VendorRequest | null;
}

/** What is sent again, and what is not: a vendor's file says why. */
export interface SendPolicy {
  /**
   * `at-least-once`: the receiver knows a repetition when it sees one, so a request without an answer is
   * sent again. `at-most-once`: it does not, and such a request becomes a dead letter.
   */
  delivery: "at-least-once" | "at-most-once";
  /** Whether this answer says that nothing was taken and the same may be sent later. */
  repeats(status: number): boolean;
}

/** A vendor whose own types are its own business. */
export interface Vendor extends ServiceVendor {
  readonly ignores: readonly string[];
  readonly endpoints: z.ZodType<object>;
  addresses(endpoints: object): string[];
  /** The way to a service. @throws {z.ZodError} when the settings are not this vendor's */
  destination(settings: Record<string, unknown>, endpoints: object): Destination;
}

export interface Destination {
  /** Oldest event worth sending, by the way it came in: milliseconds. */
  maxAge(source: EventSource): number;
  readonly concurrency: number;
  readonly policy: SendPolicy;
  render(event: NeutralEvent, context: RenderContext): VendorRequest | null;
}

/** What a request may say beside the event itself. */
export interface RenderContext {
  /** The same for every attempt at this event and for no other: unguessable, and says nothing of it. */
  key: string;
  site: string;
  service: string;
  /** Unix milliseconds, whole seconds. */
  occurredAt: number;
  /** Unix milliseconds: the attempt's own moment. */
  sentAt: number;
  /** Pseudonym of the visitor for this vendor, site and window: 24 bits. */
  visitor: number;
  /** Unix seconds at which the pseudonym's window began, a UTC day or a calendar month. */
  since: number;
  /** Unix seconds at which the UTC day began: a visitor's one session of it. */
  session: number;
  /** From our own record; null: the site has no purpose for it. */
  consent: {
    ads: boolean | null;
    analytics: boolean | null;
    adUserData: boolean | null;
    adPersonalization: boolean | null;
  };
  /** In [0, 1): for values that a vendor wants to be there and that must mean nothing. */
  random(): number;
}

/** Header names and values are the whole of what is sent beside `Host` and `Content-Length`. */
export interface VendorRequest {
  url: string;
  method: "POST";
  headers: Record<string, string>;
  body: string;
}

export type SendOutcome =
  /** `retryAfter`: milliseconds the vendor asked for, or null. */
  | { kind: "answered"; status: number; retryAfter: number | null }
  /** The request never left: no connection. */
  | { kind: "unsent" }
  /** It left, and no answer that could be read came. */
  | { kind: "unknown" };

export type Verdict =
  | { kind: "delivered" }
  | { kind: "retry"; retryAfter: number | null }
  | { kind: "dead"; reason: DeadReason };

export function defineVendor<Settings extends Record<string, unknown>, Endpoints extends object>(
  definition: VendorDefinition<Settings, Endpoints>,
): Vendor {
  const { id, modes, settings, endpoints, maxAge, concurrency, policy } = definition;
  return {
    id,
    modes,
    settings,
    ignores: definition.ignores ?? [],
    endpoints,
    // Endpoints and settings were read by this very definition's schemas.
    account: (given) => definition.account(given as Settings),
    addresses: (given) => definition.addresses(given as Endpoints),
    destination(given, reached) {
      const parsed = { settings: settings.parse(given), endpoints: reached as Endpoints };
      return {
        maxAge: (source) => (source === "server" && definition.maxAgeFromServer) || maxAge,
        concurrency,
        policy,
        render: (event, context) => definition.render(event, context, parsed),
      };
    },
  };
}

/** What an attempt means for the event, by its vendor's policy. */
export function verdictOf(outcome: SendOutcome, policy: SendPolicy): Verdict {
  if (outcome.kind === "unsent") return { kind: "retry", retryAfter: null };
  if (outcome.kind === "unknown")
    return policy.delivery === "at-least-once"
      ? { kind: "retry", retryAfter: null }
      : { kind: "dead", reason: "unknown_outcome" };
  const { status, retryAfter } = outcome;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  if (policy.repeats(status)) return { kind: "retry", retryAfter };
  const failed = status >= 500 || status === 429;
  return { kind: "dead", reason: failed ? "failed_at_vendor" : "refused_by_vendor" };
}
