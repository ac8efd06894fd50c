/**
 * What becomes of each event parameter, per vendor and profile (CNIL rows C5–C7). A name that stands
 * nowhere here is dropped: the lists below of what is dropped change nothing, they say that it was
 * thought of. docs/privacy-profiles.md shows these tables to site owners.
 */

/**
 * `keep`: as it is, if it does not look like personal data. `replace`: another value stands for it,
 * which only the gateway can make. `seconds`, `fives`: coarsened, milliseconds to whole seconds and
 * percentages to steps of five, since exact ones tell two visitors apart. `drop`: never kept.
 */
export type Treatment = "keep" | "seconds" | "fives" | "replace" | "drop";

/** As profiles of docs/privacy-profiles.md. */
export type Profile = "strict" | "balanced";

type Rules = Readonly<Record<string, Treatment>>;

const named = (treatment: Treatment, ...names: string[]): Rules =>
  Object.fromEntries(names.map((name) => [name, treatment]));

/** GA4's recommended parameters, whose names every way in uses, by what they say. */
const common: Rules = {
  // About the event, not about the visitor.
  ...named("keep", "content_group", "content_type", "file_extension", "level", "method"),
  ...named("keep", "outbound", "score", "success", "video_provider"),
  // About what was looked at or bought. Items travel beside the parameters (items.ts).
  ...named("keep", "currency", "discount", "index", "item_brand", "item_category"),
  ...named("keep", "item_list_name", "items_count", "payment_type", "price", "quantity"),
  ...named("keep", "shipping", "shipping_tier", "tax", "value"),
  ...named("seconds", "engagement_time_msec"),
  ...named("fives", "percent_scrolled", "video_percent"),
  // The order's number: a keyed one-way value per site and service stands for it.
  ...named("replace", "transaction_id"),
  // C6: people, visits and clicks.
  ...named("drop", "user_id", "client_id", "session_id", "ga_session_id", "ga_session_number"),
  ...named("drop", "gclid", "dclid", "gbraid", "wbraid", "yclid", "ymclid", "fbclid", "msclkid"),
  // C3, C4: addresses, which the event's own page and referrer stand for.
  ...named("drop", "page_location", "page_referrer", "page_path", "page_title", "page_hostname"),
  ...named("drop", "link_url", "link_domain", "link_id", "link_classes", "video_url"),
  ...named("drop", "campaign", "campaign_id", "source", "medium", "term", "content"),
  // C7: what visitors write, or what names a thing of one visitor.
  ...named("drop", "search_term", "link_text", "form_id", "form_name", "file_name", "group_id"),
  ...named("drop", "coupon", "affiliation", "lead_source", "customer_type", "item_id"),
  ...named("drop", "promotion_id", "promotion_name", "creative_name", "creative_slot"),
};

/** What `balanced` keeps beside: words of the site's own advertising, which name no visitor. */
const balanced: Rules = named("keep", "promotion_name", "creative_name", "creative_slot");

/** Where a vendor gets less than the others, and why. */
const vendors: Readonly<Record<string, Rules>> = {
  // Visit parameters are shown value by value: a number that is almost always new says nothing there,
  // and Metrika measures engagement by itself.
  metrika: named("drop", "engagement_time_msec", "score"),
  // The tracking API has no place for them; they would go as they are into a custom dimension.
  matomo: named("drop", "engagement_time_msec"),
};

/**
 * The table of one vendor under one profile.
 * @param vendor id; one without rules of its own gets the common ones
 * @returns the treatment of a parameter by its name; `drop` for every name it does not know
 */
export function parameterRules(vendor: string, profile: Profile): (name: string) => Treatment {
  const own = Object.hasOwn(vendors, vendor) ? vendors[vendor] : undefined;
  const table = new Map(
    Object.entries({ ...common, ...(profile === "balanced" && balanced), ...own }),
  );
  return (name) => table.get(name) ?? "drop";
}
