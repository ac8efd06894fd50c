/** `GET /v1/staff/rates` and `/v1/staff/overview`: how visitors decided, from counters. */
import { z } from "zod";
import { localized } from "../site.ts";
import { slug } from "../ids.ts";

/** A day in UTC. */
export const day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day such as 2026-05-04");

const number = z.number().int().min(0);

/** What decisions came to: everything granted, some of it, nothing, or taken back. */
export const outcomes = z.strictObject({
  granted: number,
  partial: number,
  refused: number,
  withdrawn: number,
});

/** How decisions are told apart. */
export const rateKey = z.enum(["day", "version", "language", "country", "purpose"]);

export const ratesQuery = z.strictObject({
  site: slug,
  /** First and last day. */
  from: day,
  to: day,
  by: rateKey.default("day"),
});

export const rateList = z.strictObject({
  site: slug,
  by: rateKey,
  rates: z.array(
    z.strictObject({
      /** Day, hash of the site version, language, country (empty: not known) or purpose. */
      key: z.string(),
      /** What a purpose is called, where the site still asks for it. */
      name: localized.optional(),
      records: number,
      /** By outcome; by state (`granted`, `denied`, `not-asked`) when told apart by purpose. */
      counts: z.record(z.string(), number),
    }),
  ),
});

export const overviewQuery = z.strictObject({
  /** Days up to today. */
  days: z.coerce.number().int().min(1).max(366).default(30),
});

export const overview = z.strictObject({
  from: day,
  to: day,
  sites: z.array(
    z.strictObject({
      id: slug,
      name: localized,
      totals: outcomes,
      /** Days on which somebody decided, the oldest first. */
      days: z.array(z.strictObject({ day, ...outcomes.shape })),
    }),
  ),
});

export type RateKey = z.infer<typeof rateKey>;
export type RatesQuery = z.infer<typeof ratesQuery>;
export type RateList = z.infer<typeof rateList>;
export type Overview = z.infer<typeof overview>;
export type Outcomes = z.infer<typeof outcomes>;
