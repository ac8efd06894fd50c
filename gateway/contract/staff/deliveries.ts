/** `/v1/staff/dead-letters`: events that could not be delivered. */
import { z } from "zod";
import { unixSeconds } from "../decision.ts";
import { slug } from "../ids.ts";

/** Why an event could not be delivered: a closed list, since these words are shown. */
export const deadReason = z.enum([
  /** Its vendor does not take events of that age any more. */
  "too_old",
  /** What is stored cannot be made into a request. */
  "unreadable",
  "refused_by_vendor",
  "failed_at_vendor",
  /** The installation lacks an address or a secret that the service needs. */
  "not_configured",
  /** The request left and no answer came: sending it again might count it twice. */
  "unknown_outcome",
]);

const letterId = z.number().int().positive();

/** `GET /v1/staff/dead-letters`. */
export const deadLetterQuery = z.strictObject({
  site: slug,
  service: slug.optional(),
  reason: deadReason.optional(),
  /** `next` of the answer before. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `POST /v1/staff/dead-letters/replay` and `…/discard`: by id, or all of a service or a reason. */
export const deadLetterChoice = z
  .strictObject({
    site: slug,
    ids: z.array(letterId).min(1).max(500).optional(),
    service: slug.optional(),
    reason: deadReason.optional(),
  })
  .refine(
    ({ ids, service, reason }) => ids ?? service ?? reason,
    "name ids, a service or a reason",
  );

export const deadLetterList = z.strictObject({
  deadLetters: z.array(
    z.strictObject({
      id: letterId,
      service: slug,
      reason: deadReason,
      /** De-identified, as it was stored; null when it cannot be read. */
      event: z
        .strictObject({
          name: z.string(),
          source: z.enum(["page", "tag", "server"]),
          page: z.string(),
        })
        .nullable(),
      occurredAt: unixSeconds,
      diedAt: unixSeconds,
      attempts: z.number().int(),
    }),
  ),
  /** Null at the end. */
  next: letterId.nullable(),
});

/** How many letters it was. */
export const deadLettersMoved = z.strictObject({ count: z.number().int().min(0) });

export type DeadReason = z.infer<typeof deadReason>;
export type DeadLetterList = z.infer<typeof deadLetterList>;
export type DeadLettersMoved = z.infer<typeof deadLettersMoved>;
