/** A decision as the browser sends it, and what the gateway answers. docs/http-api.md shows both. */
import { z } from "zod";
import { hash, id128, language, slug } from "./ids.ts";
import { jurisdiction } from "./site.ts";

export const choiceState = z.enum(["granted", "denied", "not-asked"]);
export const action = z.enum(["first", "change", "withdraw", "renew", "signal"]);
export const place = z.enum([
  "banner",
  "preferences",
  "placeholder",
  "api",
  "page",
  "signal",
  "handover",
]);
export const control = z.enum([
  "accept-all",
  "refuse-all",
  "save",
  "withdraw",
  "signal",
  "handover",
]);
export const offeredControl = z.enum(["accept-all", "refuse-all", "choose"]);

/** Unix seconds; the upper bound (year 2100) only keeps nonsense out of the arithmetic. */
export const unixSeconds = z.number().int().min(1_577_836_800).max(4_102_444_800);

const choices = z
  .record(slug, choiceState)
  .refine((value) => Object.keys(value).length <= 96, "too many entries");

/** The jurisdiction profile in force for a visitor, and what said so: the configuration, the page, the gateway. */
export const appliedProfile = z.strictObject({
  profile: jurisdiction,
  by: z.enum(["site", "page", "region"]),
});

export const decisionBody = z.strictObject({
  v: z.literal(1),
  /** Record id: made in the browser, not secret, the key of idempotence. */
  id: id128,
  /** The subject's secret. Never stored, logged or repeated. */
  secret: id128,
  /** Per-subject counter kept in the browser; the highest is in force. */
  counter: z.number().int().min(1).max(1_000_000),
  /** The browser's clock when the visitor decided. */
  time: unixSeconds,
  action,
  place,
  control,
  /** The controls that were in sight, so that "as easy to refuse" can be shown later. */
  offered: z.array(offeredControl).max(3),
  /** Hash of the logged configuration (version, texts, widget build) that was shown. */
  config: hash,
  language,
  theme: z.enum(["light", "dark"]),
  viewport: z.enum(["narrow", "wide"]),
  purposes: choices,
  services: choices,
  /** Documents accepted beside the choice, each an entry of its own (152-FZ: consent stands alone). */
  documents: z.array(z.enum(["consent"])).max(1),
  /** Path of the page, without query and fragment, masked where the site says so. Goes into the sealed half only. */
  page: z
    .string()
    .max(512)
    .regex(/^\/[^?#]*$/),
  /** Global Privacy Control was on. */
  gpc: z.boolean(),
  /** Of a site with several profiles. */
  jurisdiction: appliedProfile.optional(),
});

export const decisionAnswer = z.strictObject({
  record: z.strictObject({
    id: id128,
    /** Origin of the log. */
    log: z.string(),
    index: z.number().int().min(0),
    /** Leaf time, unix seconds: the gateway's own clock. */
    time: unixSeconds,
  }),
  /** Opaque event token; null when no service is granted. */
  token: z.string().nullable(),
});

export type RegionAnswer = z.infer<typeof regionAnswer>;
export type AppliedProfile = z.infer<typeof appliedProfile>;
export type ChoiceState = z.infer<typeof choiceState>;
export type DecisionBody = z.infer<typeof decisionBody>;
export type DecisionAnswer = z.infer<typeof decisionAnswer>;
export type DecisionAction = z.infer<typeof action>;
export type DecisionPlace = z.infer<typeof place>;
export type DecisionControl = z.infer<typeof control>;
export type OfferedControl = z.infer<typeof offeredControl>;

/**
 * `POST /v1/sites/{site}/token`: a fresh token for the decision in force; or, of a visitor who has not
 * decided, one for an opt-out profile, which says nothing of anybody.
 */
export const tokenBody = z.union([
  z.strictObject({ v: z.literal(1), secret: id128 }),
  z.strictObject({ v: z.literal(1), profile: jurisdiction.extract(["us", "none"]) }),
]);
/** `GET /v1/sites/{site}/region`. */
export const regionAnswer = z.strictObject({ jurisdiction });

export const tokenAnswer = z.strictObject({ token: z.string().nullable() });
