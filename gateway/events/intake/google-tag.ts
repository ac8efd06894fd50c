/**
 * Hits of Google's own tag, as it sends them to `/g/collect`: read into the events that the widget's
 * tracker would have sent. Google does not document the format, so this is an allow-list: what is not
 * named here is not looked at, client, session and user ids first of all.
 *
 * A body holds one hit per line, each overlaying the query; without a body the query is the one hit.
 */
import { eventName } from "../../contract/events.ts";

/** One hit: what travels beside the event, and the event, whose form the door checks. */
export interface TagHit {
  /** The event token, or an empty string. */
  token: string;
  /** Measurement id it is meant for. */
  tid: string;
  language: string;
  /** Width of the screen in CSS pixels, 0 when unknown. */
  width: number;
  event: Record<string, unknown>;
}

/**
 * The event parameter in which the widget lets Google's tag carry the token. It is cut out before
 * anything else of a hit is read.
 */
const tokenParameter = /(^|&)ep\.soglas_token=([^&]*)/g;

/** Hits of one request; Google's tag sends no more than 25. */
const mostHits = 25;
const mostItems = 50;
const mostParameters = 25;
const longestValue = 500;

/**
 * Never throws: whatever arrives becomes hits, and hits the door refuses.
 * @param query without the question mark
 */
export function readHits(query: string, body: string): TagHit[] {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const shared = cut(query);
  const own = (lines.length === 0 ? [""] : lines.slice(0, mostHits)).map(cut);
  return own.map(({ token, rest }) =>
    hitOf(token || shared.token, overlaid(shared.rest, rest.trim())),
  );
}

function cut(encoded: string): { token: string; rest: string } {
  let token = "";
  const rest = encoded.replace(tokenParameter, (_, start: string, value: string) => {
    token ||= value;
    return start;
  });
  return { token: token.slice(0, 1024), rest };
}

/** Parameters of the query, each replaced where the line names it too. */
function overlaid(query: string, line: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const text of [query, line]) {
    const own = new Set<string>();
    for (const [name, value] of new URLSearchParams(text)) {
      // Of a name that stands twice in one place the first counts, as for the tag's own readers.
      if (!own.has(name)) parameters.set(name, value);
      own.add(name);
    }
  }
  return parameters;
}

function hitOf(token: string, hit: Map<string, string>): TagHit {
  const text = (name: string, longest = longestValue) => (hit.get(name) ?? "").slice(0, longest);
  return {
    token,
    tid: hit.get("v") === "2" ? text("tid") : "",
    language: text("ul", 35),
    width: Number(/^(\d{1,5})x\d{1,5}$/.exec(text("sr"))?.[1] ?? 0),
    event: {
      name: hit.get("en") ?? "",
      age: 0,
      // Longer ones are refused: half an address is another page.
      url: hit.get("dl") ?? "",
      referrer: text("dr", 2048),
      title: text("dt", 300),
      params: parametersOf(hit),
      items: itemsOf(hit),
    },
  };
}

function parametersOf(hit: Map<string, string>): Record<string, string | number> {
  const found: [string, string | number][] = [];
  const engaged = Number(hit.get("_et") ?? NaN);
  if (Number.isSafeInteger(engaged) && engaged >= 0) found.push(["engagement_time_msec", engaged]);
  const currency = hit.get("cu");
  if (currency !== undefined) found.push(["currency", currency]);
  for (const [key, value] of hit) {
    const [, number, name = ""] = /^ep(n?)\.(.*)$/s.exec(key) ?? [];
    // The token under another spelling is not a value either.
    const usable = eventName.safeParse(name).success && name !== "soglas_token";
    if (!usable || value.length > longestValue) continue;
    if (number === "") found.push([name, value]);
    else if (value !== "" && Number.isFinite(Number(value))) found.push([name, Number(value)]);
  }
  return Object.fromEntries(found.slice(0, mostParameters));
}

/** Keys of an item, joined by tildes; all others, custom ones among them, are nobody's business. */
const itemKeys: Readonly<Record<string, string>> = {
  id: "item_id",
  nm: "item_name",
  br: "item_brand",
  ca: "item_category",
  c2: "item_category2",
  c3: "item_category3",
  c4: "item_category4",
  c5: "item_category5",
  va: "item_variant",
  ln: "item_list_name",
  pr: "price",
  qt: "quantity",
  ds: "discount",
  lp: "index",
};

function itemsOf(hit: Map<string, string>): Record<string, string>[] {
  return [...hit]
    .flatMap(([key, value]) => {
      const place = Number(/^pr([1-9]\d{0,2})$/.exec(key)?.[1] ?? 0);
      return place >= 1 && place <= 200 ? [{ place, item: itemOf(value) }] : [];
    })
    .toSorted((a, b) => a.place - b.place)
    .slice(0, mostItems)
    .map(({ item }) => item);
}

function itemOf(value: string): Record<string, string> {
  // A tilde inside a value is doubled.
  const fields = value.split(/(?<!~)~(?!~)/).flatMap((field): [string, string][] => {
    const key = field.slice(0, 2);
    const name = Object.hasOwn(itemKeys, key) ? itemKeys[key] : undefined;
    const text = field.slice(2).replaceAll("~~", "~");
    return name === undefined || text.length > longestValue ? [] : [[name, text]];
  });
  return Object.fromEntries(fields);
}
