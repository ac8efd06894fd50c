/** Events as the page sends them in gateway mode. */
import { z } from "zod";
import { slug } from "./ids.ts";

/** GA4's own rule for names, which Metrika goals satisfy as well. */
export const eventName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, "a letter, then letters, digits or _, at most 40");

/** All that may be known of a query, and only by services whose profile is `balanced`. */
export const campaignParameters = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_content",
  "utm_term",
] as const;

const parameterValue = z.union([z.string().max(500), z.number(), z.boolean()]);

/** Parameters of an event, and fields of an item. */
const parameters = z
  .record(eventName, parameterValue)
  .refine((value) => Object.keys(value).length <= 25, "at most 25 parameters");

export const pageEvent = z.strictObject({
  /** `page_view`, or the name of a goal. */
  name: eventName,
  /** Milliseconds between the event and the moment the batch was sent, by one and the same clock. */
  age: z.number().int().min(0).max(43_200_000),
  url: z.string().max(2048),
  referrer: z.string().max(2048).default(""),
  title: z.string().max(300).default(""),
  params: parameters.default({}),
  /** Of an e-commerce event, under GA4's names. */
  items: z.array(parameters).max(50).default([]),
  /** Ids of the services it is meant for; every one that may have it when absent. */
  to: z.array(slug).max(64).optional(),
});

export const eventBatch = z.strictObject({
  v: z.literal(1),
  /** The event token of a decision answer. Taken off before anything else is parsed. */
  token: z.string().max(1024),
  /** Primary language of the page. */
  language: z.string().max(35).default(""),
  /** Inner width of the window in CSS pixels; reduced to a class before storage. */
  width: z.number().int().min(0).max(100_000).default(0),
  events: z.array(z.unknown()).min(1).max(20),
});

/** Why an event was refused; a closed list, since these names are counted and shown. */
export const refusalReason = z.enum([
  "no_token",
  "bad_token",
  "expired_token",
  "not_granted",
  "no_service",
  "excluded_page",
  "invalid_event",
  /** The request says of itself that a program sent it. */
  "bot",
]);

export const eventsAnswer = z.strictObject({
  accepted: z.number().int().min(0),
  refused: z.partialRecord(refusalReason, z.number().int().positive()),
});

export type PageEvent = z.infer<typeof pageEvent>;
export type EventBatch = z.infer<typeof eventBatch>;
export type RefusalReason = z.infer<typeof refusalReason>;
export type EventsAnswer = z.infer<typeof eventsAnswer>;
