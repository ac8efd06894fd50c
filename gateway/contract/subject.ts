/** `GET` and `DELETE /v1/sites/{site}/subject`: what a visitor with the secret reads and erases. */
import { z } from "zod";
import { action, choiceState, unixSeconds } from "./decision.ts";
import { hash, id128, slug } from "./ids.ts";

const ownRecord = z.strictObject({
  id: id128,
  /** Origin of the log, and the place in it. */
  log: z.string(),
  index: z.number().int().min(0),
  /** Leaf time: the gateway's clock. */
  time: unixSeconds,
  action,
  purposes: z.record(slug, choiceState),
  services: z.record(slug, choiceState),
  /** Hash of the configuration that was shown. */
  config: hash,
  /** Path of the page; only whoever has the secret can read it. */
  page: z.string(),
});

export const subjectAnswer = z.strictObject({
  /** In groups of four, as people are shown it. */
  consentId: z.string(),
  /** The oldest first. */
  records: z.array(ownRecord),
});

export const erasureAnswer = z.strictObject({
  /** `pending`: erased, and deleted bytes are still in the database's own files for a while. */
  residue: z.enum(["gone", "pending"]),
});

export type SubjectAnswer = z.infer<typeof subjectAnswer>;
export type ErasureAnswer = z.infer<typeof erasureAnswer>;
