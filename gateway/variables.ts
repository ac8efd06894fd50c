/** Forms that environment variables have: texts in, values out. Messages say what is expected, never what was given. */
import { z } from "zod";

export const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number from 0 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be a port number from 0 to 65535");

export const budget = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "must be a whole number above 0")
  .transform(Number);

/** @param example of what is meant, for the message */
export const webAddress = (schemes: RegExp, example: string) =>
  z.url({ protocol: schemes, error: `must be a URL such as ${example}` });

export const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is not JSON" });
    return z.NEVER;
  }
});
