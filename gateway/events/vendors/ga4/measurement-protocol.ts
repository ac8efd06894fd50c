/**
 * A server-side event for the Measurement Protocol
 * (https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference). It answers 2xx
 * to anything, so its limits are kept here: names, 25 parameters, 100 characters a value.
 */
import { pageAddress, type NeutralEvent } from "../../intake/neutral.ts";
import type { RenderContext } from "../../vendor.ts";
import { clientId } from "./hit.ts";

/** One is kept for `items`. */
const mostParameters = 24;
const longestValue = 100;
/**
 * What Google keeps for itself: the reference's list for the Measurement Protocol, and those of
 * support.google.com/analytics/answer/13316687 that no site's backend has to tell of.
 */
const reservedParameter = /^(_|firebase_|ga_|google_|gtag\.)/;
const reservedEvent = new RegExp(
  [
    /^(?:_|firebase_|ga_|google_|gtag\.|notification_|dynamic_link_)/,
    /^(?:ad_(?:activeview|click|exposure|impression|query|reward)|adunit_exposure)$/,
    /^app_(?:clear_data|exception|install|remove|update|upgrade)$/,
    /^app_store_(?:refund|subscription_(?:cancel|convert|renew))$/,
    /^(?:error|first_open|first_visit|in_app_purchase|os_update|screen_view)$/,
    /^(?:session_start|user_engagement)$/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

/** @throws {RangeError} a name that Google keeps for itself: the event would be dropped there unseen */
export function measurementBody(event: NeutralEvent, context: RenderContext): string {
  const { visitor, since, session, consent, occurredAt } = context;
  if (reservedEvent.test(event.name)) throw new RangeError("reserved event name");
  const { browser, major, device } = event.agent;
  return JSON.stringify({
    // The pseudonym that the page's own hits carry: the goal joins the visit it belongs to.
    client_id: clientId(visitor, since),
    timestamp_micros: occurredAt * 1000,
    consent: {
      ad_user_data: state(consent.adUserData),
      ad_personalization: state(consent.adPersonalization),
    },
    ...(event.country !== null && { user_location: { country_id: event.country } }),
    ...(device !== "other" && {
      device: {
        category: device,
        ...(browser !== "other" && { browser }),
        ...(major !== null && { browser_version: String(major) }),
        ...(event.language !== null && { language: event.language }),
      },
    }),
    events: [{ name: event.name, params: parametersOf(event, session) }],
  });
}

function parametersOf(event: NeutralEvent, session: number): Record<string, unknown> {
  const given: [string, string | number][] = [
    ["session_id", String(session)],
    ["engagement_time_msec", 1],
    ["page_location", pageAddress(event)],
    ...(event.referrer === "" ? [] : [["page_referrer", event.referrer] as [string, string]]),
    ...(event.title === "" ? [] : [["page_title", event.title] as [string, string]]),
    ...(event.transaction === undefined
      ? []
      : [["transaction_id", event.transaction] as [string, string]]),
    ...Object.entries(event.params).map(([name, value]): [string, string | number] => [
      name,
      typeof value === "boolean" ? String(value) : value,
    ]),
  ];
  const allowed = given
    .filter(([name]) => !reservedParameter.test(name))
    .slice(0, mostParameters)
    .map(([name, value]) => [name, typeof value === "string" ? cut(name, value) : value]);
  const items = event.items.length > 0 ? { items: event.items } : {};
  return { ...Object.fromEntries(allowed), ...items };
}

/** Google's own longer limits: page_location 1000, page_referrer 420, page_title 300. */
const longer: Record<string, number> = {
  page_location: 1000,
  page_referrer: 420,
  page_title: 300,
};

const cut = (name: string, value: string) => value.slice(0, longer[name] ?? longestValue);

/** What is not granted is denied: there is no third word. */
const state = (granted: boolean | null) => (granted === true ? "GRANTED" : "DENIED");
