/** `GET /v1/staff/audit`: who read, exported or changed what. */
import { z } from "zod";
import { slug } from "../ids.ts";

const keyId = z.string().regex(/^[0-9a-f]{16}$/, "the number of an access key or a person");

export const auditQuery = z.strictObject({
  /** What was about this site; a key for one site sees no other. */
  site: slug.optional(),
  /** What this key, or this person, did. */
  key: keyId.optional(),
  /** Entries before this one: `next` of the page before. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditList = z.strictObject({
  /** The newest first. */
  entries: z.array(
    z.strictObject({
      id: z.number().int(),
      /** Unix milliseconds. */
      at: z.number().int(),
      keyId: z.string(),
      /** What the key is called, or what the provider calls the person. */
      label: z.string().nullable(),
      site: slug.nullable(),
      /** Such as `records.list`. */
      action: z.string(),
      /** The filter. It never holds a consent id, nor anything a client made up. */
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      /** Rows of the answer, or how many were changed. */
      count: z.number().int(),
    }),
  ),
  /** What to ask for as `before`; null at the end. */
  next: z.number().int().nullable(),
});

export type AuditList = z.infer<typeof auditList>;
