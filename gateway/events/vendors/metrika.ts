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
import { z } from "zod";
import { metrikaSettings, vendorAddress } from "../../contract/vendors.ts";
import { syntheticAgent } from "../../privacy/user-agent.ts";
import { engagement, pageAddress, pageView, type NeutralEvent } from "../intake/neutral.ts";
import { defineVendor, type RenderContext } from "../vendor.ts";

export default defineVendor({
  id: "metrika",
  modes: ["tag", "gateway"],
  settings: metrikaSettings,
  account: ({ counter }) => String(counter),
  // It has no interaction for it, and would count a goal that nobody reached.
  ignores: [engagement],
  endpoints: z.strictObject({
    /** The vendor's own script, loaded by pages in tag mode. */
    script: vendorAddress.default("https://mc.yandex.ru/metrika/tag.js"),
    collect: vendorAddress.default("https://mc.yandex.ru/collect"),
    /** Counter → its Measurement Protocol token, which Metrika requires. */
    tokens: z.record(z.string().regex(/^\d{1,10}$/), z.string().min(1).max(100)).default({}),
  }),
  addresses: ({ collect }) => [collect],
  /** Metrika takes events of up to 12 hours back; five minutes are kept for the way. */
  maxAge: 12 * 3600 * 1000 - 5 * 60_000,
  concurrency: 32,
  policy: {
    delivery: "at-most-once",
    repeats: (status) => status >= 500 || status === 429,
  },
  render: (event, context, { settings: { counter }, endpoints }) => ({
    url: endpoints.collect,
    method: "POST",
    headers: {
      "user-agent": syntheticAgent(event.agent),
      "content-type": "application/x-www-form-urlencoded",
    },
    body: parameters(event, context, counter, endpoints.tokens[String(counter)]).toString(),
  }),
});

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
    for (const [name, value] of purchaseOf(event)) hit.set(name, value);
  }
  const params = { ...event.params, ...(event.country !== null && { country: event.country }) };
  if (Object.keys(params).length > 0) hit.set("params", JSON.stringify(params));
  return hit;
}

/** GA4's events that Metrika has an e-commerce action for. */
const actions: ReadonlyMap<string, string> = new Map([
  ["view_item", "detail"],
  ["add_to_cart", "add"],
  ["remove_from_cart", "remove"],
  ["purchase", "purchase"],
]);

const itemKeys: Readonly<Record<string, string>> = {
  item_brand: "br",
  item_category: "ca",
  item_variant: "va",
  price: "pr",
  quantity: "qt",
};

/**
 * Nothing without a product, or for a purchase without a number: Metrika would refuse all of it, and the
 * goal counts by its name.
 */
function purchaseOf({ name, transaction, params, items }: NeutralEvent): [string, string][] {
  const action = actions.get(name);
  const products = items
    .filter((item) => item["item_id"] !== undefined || item["item_name"] !== undefined)
    .flatMap((item, at) => productOf(item, at + 1));
  if (action === undefined || products.length === 0) return [];
  if (action !== "purchase") return [["pa", action], ...products];
  if (transaction === undefined) return [];
  // All three are required; no coupon is ever kept.
  const total: [string, string][] = [
    ["ti", transaction],
    ["tr", String(params["value"] ?? 0)],
    ["tcc", ""],
  ];
  return [["pa", action], ...total, ...products];
}

/** Code and name are both required: one stands in for the other. */
function productOf(item: NeutralEvent["items"][number], place: number): [string, string][] {
  const { item_id: id, item_name: called } = item;
  const known: [string, string][] = [
    [`pr${place}id`, String(id ?? called)],
    [`pr${place}nm`, String(called ?? id)],
  ];
  const more = Object.entries(item).flatMap(([field, value]): [string, string][] => {
    const key = itemKeys[field];
    return key === undefined ? [] : [[`pr${place}${key}`, String(value)]];
  });
  return [...known, ...more];
}
