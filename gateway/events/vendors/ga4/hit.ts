/** A hit as the official tag would send it to `/g/collect`, with everything that identifies replaced. */
import { typicalResolution } from "../../../privacy/screen.ts";
import { pageAddress, type NeutralEvent } from "../../neutral.ts";
import type { RenderContext } from "../../vendor.ts";

/** @param tid measurement id */
export function hitParameters(
  event: NeutralEvent,
  context: RenderContext,
  tid: string,
): URLSearchParams {
  const { visitor, since, session, consent } = context;
  const hit = new URLSearchParams({
    v: "2",
    tid,
    // Id of one page load: the hits of a page are not to be told from those of another.
    _p: String(Math.floor(context.random() * 2 ** 31)),
    cid: clientId(visitor, since),
    sid: String(session),
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
  if (event.transaction !== undefined) hit.set("ep.transaction_id", event.transaction);
  event.items.forEach((item, at) => hit.set(`pr${at + 1}`, itemOf(item)));
  if (event.country !== null) hit.set("ep.country", event.country);
  if (event.region !== undefined) hit.set("ep.region", event.region);
  return hit;
}

/** Keys of the fields of an item, which stand in one value, parted by `~`. */
const itemKeys: Readonly<Record<string, string>> = {
  item_id: "id",
  item_name: "nm",
  item_brand: "br",
  item_category: "ca",
  item_category2: "c2",
  item_category3: "c3",
  item_category4: "c4",
  item_category5: "c5",
  item_variant: "va",
  item_list_name: "ln",
  price: "pr",
  quantity: "qt",
  discount: "ds",
  index: "lp",
};

const itemOf = (item: NeutralEvent["items"][number]) =>
  Object.entries(item)
    .flatMap(([name, value]) => {
      const key = itemKeys[name];
      return key === undefined ? [] : [`${key}${String(value).replaceAll("~", " ")}`];
    })
    .join("~");

/** As the tag's own: a number, then the second at which it was first seen. */
export const clientId = (visitor: number, since: number) => `${visitor}.${since}`;

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
