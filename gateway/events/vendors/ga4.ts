/**
 * Google Analytics 4: what pages send is re-emitted to `/g/collect`, what the owner's backend sends goes
 * to the Measurement Protocol, whose events count only beside such hits of the same client id.
 *
 * Delivery is at most once. Google asks not to repeat a request that was answered with anything but
 * 2xx, and has no key by which it would recognise what it already has; so only a request that never
 * left is tried again, and one without an answer becomes a dead letter.
 */
import { z } from "zod";
import { ga4Settings, vendorAddress } from "../../contract/vendors.ts";
import { syntheticAgent } from "../../privacy/user-agent.ts";
import { defineVendor } from "../vendor.ts";
import { hitOf } from "./ga4/hit.ts";
import { measurementBody } from "./ga4/measurement-protocol.ts";

export default defineVendor({
  id: "ga4",
  modes: ["tag", "gateway"],
  settings: ga4Settings,
  account: ({ measurementId }) => measurementId,
  endpoints: z.strictObject({
    /** The vendor's own script, loaded by pages in tag mode. */
    script: vendorAddress.default("https://www.googletagmanager.com/gtag/js"),
    /** Where hits go. */
    collect: vendorAddress.default("https://region1.google-analytics.com/g/collect"),
    /** Where the backend's events go. */
    measure: vendorAddress.default("https://region1.google-analytics.com/mp/collect"),
    /** Measurement id → API secret of its data stream. */
    secrets: z
      .record(z.string().regex(/^G-[A-Z0-9]{4,12}$/), z.string().min(1).max(100))
      .default({}),
  }),
  addresses: ({ collect, measure }) => [collect, measure],
  /** A hit carries no time of its own: a later one would be counted on another day. */
  maxAge: 24 * 3600 * 1000,
  /** The Measurement Protocol takes events of up to 72 hours back; five minutes are kept for the way. */
  maxAgeFromServer: 72 * 3600 * 1000 - 5 * 60_000,
  concurrency: 32,
  policy: { delivery: "at-most-once", repeats: () => false },
  render(event, context, { settings: { measurementId }, endpoints }) {
    if (event.source !== "server") {
      const { query, body } = hitOf(event, context, measurementId);
      return {
        url: `${endpoints.collect}?${query}`,
        method: "POST",
        headers: {
          "user-agent": syntheticAgent(event.agent),
          ...(body !== "" && { "content-type": "text/plain;charset=UTF-8" }),
        },
        body,
      };
    }
    const secret = endpoints.secrets[measurementId];
    if (secret === undefined) return null;
    const query = new URLSearchParams({ measurement_id: measurementId, api_secret: secret });
    return {
      url: `${endpoints.measure}?${query}`,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: measurementBody(event, context),
    };
  },
});
