/**
 * The one error envelope. Codes come from this closed list; messages are written by us and never
 * repeat a value or an unknown key of a request, since either may hold an address or a name.
 */
import { z } from "zod";

/** Every error code a client can meet, with the HTTP status it travels under. */
export const errorStatus = {
  invalid_json: 400,
  invalid_body: 400,
  invalid_query: 400,
  unauthorized: 401,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  site_unknown: 404,
  config_unknown: 409,
  record_conflict: 409,
  legal_hold: 409,
  version_conflict: 409,
  record_erased: 410,
  log_dropped: 410,
  body_too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** One problem of a body: where in the *schema* it stands, and what is expected there. */
export const issue = z.strictObject({ path: z.string(), message: z.string() });

export const errorEnvelope = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    issues: z.array(issue).optional(),
    requestId: z.string(),
  }),
});

export type Issue = z.infer<typeof issue>;
export type ErrorEnvelope = z.infer<typeof errorEnvelope>;
