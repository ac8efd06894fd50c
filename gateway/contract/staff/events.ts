/** `GET /v1/staff/events/…`: what became of events, and which consent each delivery relied on. */
import { z } from "zod";
import { refusalReason } from "../events.ts";
import { id128, slug } from "../ids.ts";
import { day } from "./rates.ts";

const number = z.number().int().min(0);

export const balanceQuery = z.strictObject({
  site: slug,
  /** First and last day of reception, UTC. */
  from: day,
  to: day,
});

/** One service's share. `received` = `off` + `notGranted` + `accepted`, and see `waiting`. */
export const serviceBalance = z.strictObject({
  service: slug,
  /** Events that were meant for it, of a page where it is active. */
  received: number,
  /** Refused: it lies abroad and is not attested. */
  off: number,
  /** Refused: the visitor had not granted it. */
  notGranted: number,
  accepted: number,
  delivered: number,
  /** Withdrawn, lapsed or erased before it could leave. */
  droppedAtExit: number,
  /** Became a dead letter. */
  dead: number,
  /** Dead letters that staff put back into the queue, to die or be delivered once more. */
  replayed: number,
  /** Queued now: `accepted` + `replayed` = `delivered` + `droppedAtExit` + `dead` + `waiting`. */
  waiting: number,
  /** Attempts that are repeated: not part of the sum. */
  failed: number,
  /** Values that were given and not kept, by what they were taken for: not part of the sum. */
  values: z.record(z.string(), number),
  addsUp: z.boolean(),
});

/** `received` = `accepted` + `duplicates` + everything in `refused`. */
export const dayBalance = z.strictObject({
  day: z.string(),
  received: number,
  accepted: number,
  /** Sent again by a backend under the same id. */
  duplicates: number,
  refused: z.partialRecord(refusalReason, number),
  services: z.array(serviceBalance),
  addsUp: z.boolean(),
});

export const balanceAnswer = z.strictObject({
  site: slug,
  /** Whether every day and every service does. */
  addsUp: z.boolean(),
  /** The oldest first; days without events are left out. */
  days: z.array(dayBalance),
});

/** Place in the list, opaque to clients: hand back what `next` said. */
const deliveryCursor = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}~\d{4}-\d\d-\d\d~\d{1,10}~\d{1,15}$/, "the cursor of an answer");

export const deliveriesQuery = z.strictObject({
  site: slug,
  /** First and last day of delivery, UTC. */
  from: day.optional(),
  to: day.optional(),
  service: slug.optional(),
  /** Record id: what was forwarded under this decision. */
  record: id128.optional(),
  cursor: deliveryCursor.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const deliveryList = z.strictObject({
  site: slug,
  deliveries: z.array(
    z.strictObject({
      day: z.string(),
      service: slug,
      /** Name of the log and place in it of the decision that was relied on, and its record id. */
      log: z.string(),
      index: number,
      record: id128.nullable(),
      /** Events forwarded under it. */
      count: number,
    }),
  ),
  /** Null at the end. */
  next: deliveryCursor.nullable(),
});

export type BalanceAnswer = z.infer<typeof balanceAnswer>;
export type DayBalance = z.infer<typeof dayBalance>;
export type ServiceBalance = z.infer<typeof serviceBalance>;
export type BalanceQuery = z.infer<typeof balanceQuery>;
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>;
export type DeliveryList = z.infer<typeof deliveryList>;
