/** `GET /v1/staff/records`: what records can be looked for by, alone or together. */
import { z } from "zod";
import { browserFamily, deviceClass } from "../agent.ts";
import { action, choiceState, control, place, unixSeconds } from "../decision.ts";
import { country, hash, id128, language, slug } from "../ids.ts";

/** As a person typed or dictated it: letter case, hyphens and spaces do not matter. */
export const spokenConsentId = z.string().max(40);

const seconds = z.coerce.number().pipe(unixSeconds);

/** What a record must be to be found; everything given must be so. */
export const recordFilter = z.strictObject({
  consentId: spokenConsentId.optional(),
  record: id128.optional(),
  /** Recorded at this moment or later, and before this one, by the gateway's clock. */
  from: seconds.optional(),
  to: seconds.optional(),
  /** Valid until this moment or later, and before this one: what lapses between the two. */
  untilFrom: seconds.optional(),
  untilTo: seconds.optional(),
  purpose: slug.optional(),
  /** State of `purpose`; `granted` when it is not said. */
  purposeState: choiceState.optional(),
  service: slug.optional(),
  /** State of `service`; `granted` when it is not said. */
  serviceState: choiceState.optional(),
  action: action.optional(),
  place: place.optional(),
  control: control.optional(),
  /** Hash of a site version, of a logged configuration, of a policy document. */
  version: hash.optional(),
  config: hash.optional(),
  policy: hash.optional(),
  language: language.optional(),
  /** `none`: where it was not known. */
  country: z.union([country, z.literal("none")]).optional(),
  browser: browserFamily.optional(),
  device: deviceClass.optional(),
});

/** Place in a list, opaque to clients: hand back what `next` said. */
export const recordCursor = z
  .string()
  .regex(/^[0-9]{1,10}-[0-9]{1,15}(-[0-9]{1,10})?$/, "the cursor of an answer");

export const recordListQuery = z.strictObject({
  site: slug,
  ...recordFilter.shape,
  cursor: recordCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What of a query says which records are meant. */
export function filterOf(query: Record<string, unknown>): RecordFilter {
  const names = Object.keys(recordFilter.shape).filter((name) => query[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, query[name]]));
}

export type RecordFilter = z.infer<typeof recordFilter>;
export type RecordListQuery = z.infer<typeof recordListQuery>;
