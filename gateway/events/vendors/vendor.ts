/** What the forwarder needs to know of a vendor; one file each beside this one. */
import type { Service } from "../../contract/site.ts";
import type { VendorEndpoints } from "../../contract/vendors.ts";
import type { NeutralEvent } from "../neutral.ts";
import type { DeadReason } from "../settle.ts";

export interface Vendor {
  /** Part of every pseudonym's scope: vendors cannot compare theirs. */
  readonly id: string;
  /** The way to one service of a site, or null when the service is another vendor's. */
  destination(service: Service, endpoints: VendorEndpoints): Destination | null;
}

export interface Destination {
  /** Oldest event worth sending, milliseconds. */
  readonly maxAge: number;
  render(event: NeutralEvent, context: RenderContext): VendorRequest;
  /** What an attempt means for the event; a vendor's file says why. */
  classify(outcome: SendOutcome): Verdict;
}

/** What a request may say beside the event itself. */
export interface RenderContext {
  /** Unix milliseconds, whole seconds. */
  occurredAt: number;
  /** Pseudonym of the visitor for this vendor, site and day: 24 bits. */
  visitor: number;
  /** Unix seconds at which the pseudonym's day began. */
  since: number;
  /** From our own record; null: the site has no purpose for it. */
  consent: { ads: boolean | null; analytics: boolean | null };
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
  | { kind: "answered"; status: number; retryAfter: number | null }
  /** The request never left: no connection. */
  | { kind: "unsent" }
  /** It left, and the answer did not come. */
  | { kind: "unknown" };

export type Verdict =
  | { kind: "delivered" }
  /** @param retryAfter milliseconds the vendor asked for, or null */
  | { kind: "retry"; retryAfter: number | null }
  | { kind: "dead"; reason: DeadReason };
