/**
 * A signed webhook to a server of the owner's: for a warehouse, ClickHouse, a Matomo elsewhere.
 *
 * The request follows Standard Webhooks (https://www.standardwebhooks.com), so that receivers verify it
 * with a library they may already have: `webhook-id`, `webhook-timestamp`, and `webhook-signature`, an
 * HMAC-SHA-256 over `id.timestamp.body`. Delivery is at least once: the id is the same for every attempt at
 * an event and for no other, and the receiver takes each id once.
 */
import { createHmac } from "node:crypto";
import { z } from "zod";
import { slug } from "../../contract/ids.ts";
import { vendorAddress } from "../../contract/vendors.ts";
import type { NeutralEvent } from "../intake/neutral.ts";
import { defineVendor, type RenderContext } from "../vendor.ts";

export default defineVendor({
  id: "webhook",
  modes: ["gateway"],
  settings: z.strictObject({
    /** Which of the installation's receivers. */
    receiver: slug,
  }),
  account: ({ receiver }) => receiver,
  endpoints: z.strictObject({
    receivers: z
      .record(
        slug,
        z.strictObject({
          url: vendorAddress,
          /** The key both sides share: `whsec_` and base64 of 24 to 64 bytes. */
          secret: z
            .string()
            .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, "whsec_ and 24 to 64 bytes"),
        }),
      )
      .default({}),
  }),
  addresses: ({ receivers }) => Object.values(receivers).map(({ url }) => url),
  maxAge: 7 * 24 * 3600 * 1000,
  concurrency: 16,
  policy: {
    delivery: "at-least-once",
    // 410 says that the receiver is gone for good, other 4xx that it does not want this event.
    repeats: (status) => status >= 500 || [408, 425, 429].includes(status),
  },
  render(event, context, { settings: { receiver }, endpoints }) {
    const reached = endpoints.receivers[receiver];
    if (!reached) return null;
    const body = bodyOf(event, context);
    const timestamp = Math.floor(context.sentAt / 1000);
    const signed = createHmac("sha256", keyOf(reached.secret))
      .update(`${context.key}.${timestamp}.${body}`)
      .digest("base64");
    return {
      url: reached.url,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "Soglas",
        "webhook-id": context.key,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": `v1,${signed}`,
      },
      body,
    };
  },
});

const keyOf = (secret: string) => Buffer.from(secret.slice("whsec_".length), "base64");

function bodyOf(
  event: NeutralEvent,
  { site, service, occurredAt, visitor, since }: RenderContext,
): string {
  return JSON.stringify({
    type: "event",
    timestamp: new Date(occurredAt).toISOString(),
    data: {
      site,
      service,
      // Another number every UTC day, and for every other vendor.
      visitor: `${since}.${visitor}`,
      ...event,
      // Of our own bookkeeping; the type above is the receiver's version.
      v: undefined,
    },
  });
}
