/**
 * The event as it is kept: de-identified, in no vendor's terms. What is not in this schema is nowhere,
 * since it is all that is ever written; the pseudonym is not in it either, it is made when a vendor's
 * request is.
 */
import { z } from "zod";
import { browserFamily, deviceClass } from "../../contract/agent.ts";
import { campaignParameters, eventName } from "../../contract/events.ts";

const eventSource = z.enum(["page", "tag", "server"]);

export const neutralEvent = z.strictObject({
  v: z.literal(1),
  /** The way in: the widget's tracker, Google's tag pointed here, or the owner's backend. */
  source: eventSource,
  name: eventName,
  /** Origin and path of the page, cleaned. */
  page: z.string(),
  /** Same-site page the visitor came from, or empty. */
  referrer: z.string(),
  /** Empty under `strict`, and on masked pages. */
  title: z.string(),
  params: z.record(eventName, z.union([z.string(), z.number(), z.boolean()])),
  /** Of an e-commerce event, under GA4's names. */
  items: z.array(z.record(eventName, z.union([z.string(), z.number()]))),
  /** In place of the order's number: another for every site and service, and the same for the same order. */
  transaction: z.string().optional(),
  /** Empty under `strict`. */
  campaign: z.partialRecord(z.enum(campaignParameters), z.string()),
  language: z.string().nullable(),
  screen: z.enum(["small", "medium", "large"]).nullable(),
  agent: z.strictObject({
    browser: browserFamily,
    major: z.number().int().nullable(),
    device: deviceClass,
  }),
  /** ISO 3166-1 alpha-2. */
  country: z.string().nullable(),
  /** ISO 3166-2; only under `balanced`, and where the installation looks regions up. */
  region: z.string().optional(),
});

export type EventSource = z.infer<typeof eventSource>;
export type NeutralEvent = z.infer<typeof neutralEvent>;

/** The GA4 name of a page view, which every way in uses. */
export const pageView = "page_view";

/** The GA4 name of "a page was looked at for so long", said when it is hidden or left. */
export const engagement = "user_engagement";

/** The page's address as a vendor gets it: without a query, unless campaign parameters were kept. */
export function pageAddress({ page, campaign }: NeutralEvent): string {
  const query = new URLSearchParams(campaign).toString();
  return query === "" ? page : `${page}?${query}`;
}
