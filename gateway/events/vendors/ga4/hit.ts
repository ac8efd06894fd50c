/** A hit as the official tag would send it to `/g/collect`, with everything that identifies replaced. */
import { typicalResolution } from "../../../privacy/screen.ts";
import { pageAddress, type NeutralEvent } from "../../intake/neutral.ts";
import type { RenderContext } from "../../vendor.ts";

/** Characters of an address from which on the tag, too, uses the body: servers refuse long addresses. */
const longestQuery = 2000;
/** More of one event are not kept by Google (support.google.com/analytics/answer/9267744). */
const mostParameters = 25;

/**
 * Query and body: what belongs to the event alone stands in the query too, as long as all of it is short.
 * @param tid measurement id
 */
export function hitOf(
  event: NeutralEvent,
  context: RenderContext,
  tid: string,
): { query: string; body: string } {
  const page = pageParameters(event, context, tid).toString();
  const own = eventParameters(event).toString();
  return page.length + own.length < longestQuery
    ? { query: `${page}&${own}`, body: "" }
    : { query: page, body: own };
}

function pageParameters(
  event: NeutralEvent,
  { visitor, since, session, consent, random }: RenderContext,
  tid: string,
): URLSearchParams {
  const hit = new URLSearchParams({
    v: "2",
    tid,
    // Id of one page load: the hits of a page are not to be told from those of another.
    _p: String(Math.floor(random() * 2 ** 31)),
    cid: clientId(visitor, since),
    sid: String(session),
    sct: "1",
    seg: "1",
    _s: "1",
    gcs: `G1${flag(consent.ads)}${flag(consent.analytics)}`,
    npa: "1",
    dl: pageAddress(event),
  });
  if (event.referrer !== "") hit.set("dr", event.referrer);
  if (event.title !== "") hit.set("dt", event.title);
  if (event.language !== null) hit.set("ul", event.language);
  if (event.screen !== null) hit.set("sr", typicalResolution(event.screen));
  return hit;
}

function eventParameters(event: NeutralEvent): URLSearchParams {
  const { name, transaction, items, country, region } = event;
  const { engagement_time_msec: engaged, currency, ...params } = event.params;
  const hit = new URLSearchParams({ en: name });
  if (engaged !== undefined) hit.set("_et", String(engaged));
  if (currency !== undefined) hit.set("cu", String(currency));
  const given: [string, string | number | boolean | null | undefined][] = [
    ["transaction_id", transaction],
    ["country", country],
    ["region", region],
    ...Object.entries(params),
  ];
  const kept = given.filter(([, value]) => value !== null && value !== undefined);
  for (const [key, value] of kept.slice(0, mostParameters))
    hit.set(`${typeof value === "number" ? "epn" : "ep"}.${key}`, String(value));
  items.forEach((item, at) => hit.set(`pr${at + 1}`, itemOf(item)));
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
