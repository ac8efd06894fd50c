/** `/v1/staff/subjects/{site}/{consentId}`: one visitor's decisions, now and at any moment before. */
import { z } from "zod";
import { choiceState, unixSeconds } from "../decision.ts";
import { id128, slug } from "../ids.ts";
import { configSummary, recordSummary } from "./staff.ts";

/** `GET …/{consentId}`. */
export const subjectHistory = z.strictObject({
  site: slug,
  /** The oldest first. */
  records: z.array(recordSummary),
  configs: z.array(configSummary),
  /** The record that counts now; null when its time is over. */
  inForce: id128.nullable(),
});

/** `GET …/{consentId}/state`. */
export const subjectStateQuery = z.strictObject({
  /** Of this purpose alone; of every purpose when absent. */
  purpose: slug.optional(),
  /** Unix seconds; now when absent. */
  at: z.coerce.number().pipe(unixSeconds).optional(),
});

export const subjectState = z.strictObject({
  site: slug,
  at: unixSeconds,
  /** What the gateway had on record at that moment; `not-asked` where nothing counted. */
  purposes: z.record(slug, choiceState),
  services: z.record(slug, choiceState),
  /** The record this follows from, with what was shown; null when none counted. */
  record: recordSummary.nullable(),
  config: configSummary.nullable(),
});

export type SubjectHistory = z.infer<typeof subjectHistory>;
export type SubjectState = z.infer<typeof subjectState>;
export type SubjectStateQuery = z.infer<typeof subjectStateQuery>;
