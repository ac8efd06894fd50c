/** `/v1/staff/erasures` and `/v1/staff/holds`: erasing for a visitor, and keeping what must be kept. */
import { z } from "zod";
import { shownLine, slug } from "../ids.ts";

/** As a person typed or dictated it: letter case, hyphens and spaces do not matter. */
const spokenConsentId = z.string().max(40);

/** Why staff erase: the visitor asked by another way, an authority ordered it, it was recorded by mistake. */
export const erasureReason = z.enum(["request", "order", "mistake"]);

/** `POST /v1/staff/erasures`. */
export const erasureBody = z.strictObject({
  site: slug,
  consentId: spokenConsentId,
  reason: erasureReason.default("request"),
});

/** `GET /v1/staff/erasures`. */
export const erasureListQuery = z.strictObject({
  site: slug,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const erasureList = z.strictObject({
  /** The newest first. */
  erasures: z.array(
    z.strictObject({
      id: z.number().int(),
      /** `unused`: a key whose records had all passed their retention. */
      cause: z.enum(["visitor", ...erasureReason.options, "retention", "unused"]),
      /** How many visitors' records it met. */
      visitors: z.number().int(),
      /** Unix seconds. */
      time: z.number().int(),
      residue: z.enum(["gone", "pending"]),
      /** Whether the log names the erased records already. */
      logged: z.boolean(),
    }),
  ),
});

/** `POST /v1/staff/holds`. */
export const holdBody = z.strictObject({
  site: slug,
  consentId: spokenConsentId,
  /** For people, such as a file number. Kept until the hold is lifted. */
  reason: shownLine.min(3).max(500),
});

export const hold = z.strictObject({
  id: z.number().int(),
  reason: z.string(),
  /** Id of the access key that set it. */
  heldBy: z.string(),
  /** Unix seconds. */
  heldAt: z.number().int(),
});

/** `GET /v1/staff/holds`. */
export const holdListQuery = z.strictObject({ site: slug });
export const holdList = z.strictObject({ holds: z.array(hold) });

export type ErasureBody = z.input<typeof erasureBody>;
export type ErasureList = z.infer<typeof erasureList>;
export type HoldAnswer = z.infer<typeof hold>;
export type HoldList = z.infer<typeof holdList>;
