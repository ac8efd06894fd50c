/** Events as the owner's backend sends them. */
import { z } from "zod";
import { unixSeconds } from "./decision.ts";
import { issue } from "./errors.ts";
import { eventName, pageEvent, refusalReason } from "./events.ts";

/** Most events of one request. */
const mostEvents = 100;

export const serverEvent = z.strictObject({
  /** Chosen by the backend: sent again under the same id, an event counts once. */
  id: z.string().min(1).max(100),
  /** The visitor's event token, as `soglas.token()` gave it to the page. */
  token: z.string().max(1024),
  name: eventName,
  /** When it happened, by the backend's clock; now when absent. */
  time: unixSeconds.optional(),
  /** Page of the site it belongs to, if any. */
  url: z.string().max(2048).default(""),
  params: pageEvent.shape.params,
  items: pageEvent.shape.items,
  to: pageEvent.shape.to,
});

export const serverEventBatch = z.strictObject({
  v: z.literal(1),
  /** Each is checked by itself: one that is wrong costs no other. */
  events: z.array(z.unknown()).min(1).max(mostEvents),
});

/** What became of each event, in the order of the request. */
const serverEventResult = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("accepted") }),
  /** Taken before under the same id; nothing was added. */
  z.strictObject({ status: z.literal("duplicate") }),
  z.strictObject({
    status: z.literal("refused"),
    reason: refusalReason,
    /** Of an `invalid_event`: what is wrong where. */
    issues: z.array(issue).optional(),
  }),
]);

export const serverEventsAnswer = z.strictObject({ results: z.array(serverEventResult) });

export type ServerEvent = z.output<typeof serverEvent>;
export type ServerEventResult = z.infer<typeof serverEventResult>;
export type ServerEventsAnswer = z.infer<typeof serverEventsAnswer>;
