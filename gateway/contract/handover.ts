/** A choice on its way from one of a site's domains to another, under a code that a link carries. */
import { z } from "zod";
import { unixSeconds } from "./decision.ts";
import { id128, slug } from "./ids.ts";

/** What is handed over: nothing of it says whose choice it is. */
export const handedChoice = z.strictObject({
  /** Of the texts it was made under. */
  revision: z.string().regex(/^[\w-]{8}$/, "8 characters of base64url"),
  /** The browser's clock when the visitor decided: a choice handed over counts no longer than it did. */
  time: unixSeconds,
  /** Purposes and services that are granted; all others are refused. */
  granted: z.array(slug).max(96),
});

/** `POST /v1/sites/{site}/handovers`. */
export const handoverBody = z.strictObject({
  v: z.literal(1),
  /** Origin of the page that the link leads to. */
  to: z.string().max(300),
  choice: handedChoice,
});
export const handoverAnswer = z.strictObject({ code: id128 });

/** `POST /v1/sites/{site}/handovers/redeem`. */
export const redeemBody = z.strictObject({ v: z.literal(1), code: id128 });
export const redeemAnswer = z.strictObject({ choice: handedChoice });

export type HandedChoice = z.infer<typeof handedChoice>;
export type HandoverAnswer = z.infer<typeof handoverAnswer>;
export type RedeemAnswer = z.infer<typeof redeemAnswer>;
