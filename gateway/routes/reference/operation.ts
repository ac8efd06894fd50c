import type { z } from "zod";
import type { ErrorCode } from "../../contract/errors.ts";

/** One thing that can be asked of the gateway, as the API document describes it. */
export interface Operation {
  method: "get" | "post" | "delete";
  /** With parameters in braces: `/v1/sites/{site}/consents`. */
  path: string;
  /** What it does, in half a sentence. */
  summary: string;
  /** Who may ask: anybody, the visitor with the secret, a backend's or a staff member's access key. */
  access: "anybody" | "visitor" | "backend" | "staff";
  query?: z.ZodObject;
  body?: z.ZodType;
  /** JSON unless `type` says otherwise; without a schema there is no body, or one of that type. */
  answer: { status: number; schema?: z.ZodType; type?: string };
  /** Errors of its own, beside those that any of its kind may have. */
  errors?: ErrorCode[];
}
