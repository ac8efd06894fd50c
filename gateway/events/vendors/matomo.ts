/**
 * Matomo, the owner's own or a hosted one: HTTP Tracking API, one action per request
 * (https://developer.matomo.org/api-reference/tracking-api).
 *
 * Delivery is at most once: Matomo has no key by which it would know a repeated action. 429 and 503
 * (maintenance, a full queue) say that nothing was taken, any other 5xx may come after the visit was written.
 */
import { z } from "zod";
import { slug } from "../../contract/ids.ts";
import { matomoSettings, vendorAddress } from "../../contract/vendors.ts";
import { typicalResolution } from "../../privacy/screen.ts";
import { syntheticAgent } from "../../privacy/user-agent.ts";
import { engagement, pageAddress, pageView, type NeutralEvent } from "../intake/neutral.ts";
import { defineVendor, type RenderContext } from "../vendor.ts";

export default defineVendor({
  id: "matomo",
  modes: ["gateway"],
  settings: matomoSettings,
  account: ({ instance, siteId }) => `${instance} ${siteId}`,
  endpoints: z.strictObject({
    instances: z
      .record(
        slug,
        z.strictObject({
          /** Of `matomo.php`. */
          url: vendorAddress,
          /** `token_auth` of a user with write access: lets the country be told. */
          token: z
            .string()
            .regex(/^[A-Za-z0-9]{20,64}$/, "a token_auth")
            .optional(),
        }),
      )
      .default({}),
  }),
  addresses: ({ instances }) => Object.values(instances).map(({ url }) => url),
  /** Older actions need a token with write access; ten minutes are kept for the way and for clocks. */
  maxAge: 24 * 3600 * 1000 - 10 * 60_000,
  concurrency: 16,
  policy: {
    delivery: "at-most-once",
    repeats: (status) => status === 429 || status === 503,
  },
  render(event, context, { settings: { instance, siteId }, endpoints }) {
    const reached = endpoints.instances[instance];
    if (!reached) return null;
    return {
      url: reached.url,
      method: "POST",
      headers: {
        "user-agent": syntheticAgent(event.agent),
        "content-type": "application/x-www-form-urlencoded",
      },
      body: parameters(event, context, siteId, reached.token).toString(),
    };
  },
});

function parameters(
  event: NeutralEvent,
  { visitor, since, occurredAt, random }: RenderContext,
  siteId: number,
  token: string | undefined,
): URLSearchParams {
  const action = new URLSearchParams({
    idsite: String(siteId),
    rec: "1",
    apiv: "1",
    // 204 instead of an image.
    send_image: "0",
    // 16 hexadecimal digits.
    _id: hex(since) + hex(visitor),
    rand: String(Math.floor(random() * 2 ** 31)),
    cdt: String(occurredAt / 1000),
    url: pageAddress(event),
  });
  if (event.referrer !== "") action.set("urlref", event.referrer);
  if (event.language !== null) action.set("lang", event.language);
  if (event.screen !== null) action.set("res", typicalResolution(event.screen));
  const order = orderOf(event);
  for (const [name, text] of order) action.set(name, text);
  if (event.name === pageView) {
    action.set("action_name", event.title === "" ? new URL(event.page).pathname : event.title);
  } else if (event.name === engagement) {
    // A heartbeat: the visit lasted until then, and nothing else is counted.
    action.set("ping", "1");
  } else if (order.length === 0) {
    // A custom event: its visit goes on without another page view.
    const value = event.params["value"];
    action.set("e_c", event.source === "server" ? "backend" : "page");
    action.set("e_a", event.name);
    if (typeof value === "number") action.set("e_v", String(value));
    action.set("ca", "1");
  }
  if (token !== undefined) {
    action.set("token_auth", token);
    // Without it Matomo would place every visitor where the gateway is.
    if (event.country !== null) action.set("country", event.country.toLowerCase());
  }
  return action;
}

/** An order: `idgoal=0` and what was in it. An order with a number that is known is not counted again. */
function orderOf({ name, transaction, params, items }: NeutralEvent): [string, string][] {
  if (name !== "purchase" || transaction === undefined) return [];
  const bought = items.map((item) => [
    String(item["item_id"] ?? ""),
    String(item["item_name"] ?? ""),
    String(item["item_category"] ?? ""),
    Number(item["price"] ?? 0),
    Number(item["quantity"] ?? 1),
  ]);
  return [
    ["idgoal", "0"],
    ["ec_id", transaction],
    ["revenue", String(params["value"] ?? 0)],
    ...(bought.length > 0 ? [["ec_items", JSON.stringify(bought)] as [string, string]] : []),
  ];
}

const hex = (number: number) => number.toString(16).padStart(8, "0");
