/** `summary/<lang>.json`: the short policy shown in the widget. Each point names its place in the full text. */
import { z } from "zod";

/** Heading id in the rendered policy document (policy/headings.ts): any script, lower case where it has one. */
const anchor = z
  .string()
  .regex(
    /^[\p{Ll}\p{Lm}\p{Lo}\p{M}\p{N}-]{1,200}$/u,
    "the id of a heading of the policy, without #",
  );

export const summaryTopic = z.enum([
  "collected",
  "why",
  "recipients",
  "abroad",
  "retention",
  "rights",
]);

export const summary = z.strictObject({
  /** One sentence above the buttons. */
  lead: z.string().min(1).max(400),
  points: z
    .array(
      z.strictObject({
        topic: summaryTopic,
        text: z.string().min(1).max(400),
        anchor,
      }),
    )
    .min(6)
    .max(12),
});

export type Summary = z.infer<typeof summary>;
export type SummaryTopic = z.infer<typeof summaryTopic>;
