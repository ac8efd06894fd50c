/**
 * Google Analytics 4, Measurement Protocol: what Google's documents say is dropped or cut
 * (developers.google.com/analytics/devguides/collection/protocol/ga4: reference, sending-events,
 * "Limitations"). The endpoint answers 2xx to anything; `/debug/mp/collect` says what is wrong.
 */

const name = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const reservedPrefix = /^(_|firebase_|ga_|google_|gtag\.)/;
const reservedEvents = new Set(
  (
    "ad_activeview ad_click ad_exposure ad_query ad_reward adunit_exposure app_clear_data app_exception " +
    "app_remove app_store_refund app_store_subscription_cancel app_store_subscription_convert " +
    "app_store_subscription_renew app_update app_upgrade dynamic_link_app_open dynamic_link_app_update " +
    "dynamic_link_first_open error firebase_campaign firebase_in_app_message_action first_open " +
    "first_visit in_app_purchase notification_dismiss notification_foreground notification_open " +
    "notification_receive os_update screen_view session_start user_engagement"
  ).split(" "),
);
const topLevel = new Set(
  (
    "client_id user_id timestamp_micros user_properties consent user_location ip_override device " +
    "user_agent non_personalized_ads validation_behavior events"
  ).split(" "),
);
const granted = new Set(["GRANTED", "DENIED"]);
/** Characters of a value, where Google allows more than 100. */
const longer: Record<string, number> = {
  page_location: 1000,
  page_referrer: 420,
  page_title: 300,
};
const oldestHours = 72;
const largestBody = 130_000;

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The events of a request under the names that hits have, for people to look at. */
export function readMeasurement(query: URLSearchParams, text: string): Record<string, string>[] {
  const body = fieldsOf(parsed(text));
  const events = Array.isArray(body["events"]) ? body["events"].map(fieldsOf) : [];
  return events.map(({ name: en, params }) => ({
    tid: query.get("measurement_id") ?? "",
    cid: String(body["client_id"]),
    en: String(en),
    dl: String(fieldsOf(params)["page_location"] ?? ""),
    params: JSON.stringify(params),
  }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param now unix milliseconds */
export function measurementProblems(query: URLSearchParams, text: string, now: number): string[] {
  const problems: string[] = [];
  if (!/^G-[A-Z0-9]{4,12}$/.test(query.get("measurement_id") ?? ""))
    problems.push("measurement_id is missing");
  if (!query.get("api_secret")) problems.push("api_secret is missing");
  if (Buffer.byteLength(text) >= largestBody) problems.push("the body is 130 kB or more");
  const given = parsed(text);
  if (given === undefined) return [...problems, "the body is not JSON"];
  const body = fieldsOf(given);
  for (const key of Object.keys(body))
    if (!topLevel.has(key)) problems.push("a top-level field is unknown");
  if (typeof body["client_id"] !== "string" || body["client_id"] === "")
    problems.push("client_id is missing");
  for (const value of Object.values(fieldsOf(body["consent"])))
    if (!granted.has(String(value))) problems.push("consent must be GRANTED or DENIED");
  const micros = body["timestamp_micros"];
  if (micros !== undefined) problems.push(...timeProblems(Number(micros) / 1000, now));
  const events = Array.isArray(body["events"]) ? body["events"].map(fieldsOf) : [];
  if (events.length === 0) problems.push("events is missing");
  if (events.length > 25) problems.push("more than 25 events");
  return [...new Set([...problems, ...events.flatMap(eventProblems)])];
}

function timeProblems(moment: number, now: number): string[] {
  if (!Number.isFinite(moment)) return ["timestamp_micros is not a number"];
  const age = now - moment;
  if (age > oldestHours * 3_600_000) return ["timestamp_micros is more than 72 hours back"];
  return age < -60_000 ? ["timestamp_micros is in the future"] : [];
}

function eventProblems(event: Fields): string[] {
  const problems: string[] = [];
  const called = String(event["name"] ?? "");
  if (!name.test(called)) problems.push("an event name is not valid");
  if (reservedEvents.has(called) || reservedPrefix.test(called))
    problems.push("an event name is reserved");
  const params = Object.entries(fieldsOf(event["params"]));
  if (params.length > 25) problems.push("more than 25 parameters");
  for (const [key, value] of params) {
    if (!name.test(key)) problems.push("a parameter name is not valid");
    if (reservedPrefix.test(key)) problems.push("a parameter name is reserved");
    if (key === "items") problems.push(...itemProblems(value));
    else if (typeof value === "string" && value.length > (longer[key] ?? 100))
      problems.push("a parameter value is too long");
    else if (typeof value === "object") problems.push("a parameter value is an object");
  }
  return problems;
}

function itemProblems(items: unknown): string[] {
  if (!Array.isArray(items)) return ["items is not a list"];
  if (items.length > 200) return ["more than 200 items"];
  return items
    .map(fieldsOf)
    .filter((item) => item["item_id"] === undefined && item["item_name"] === undefined)
    .map(() => "an item has neither item_id nor item_name");
}
