/** `texts/<lang>.json`: the owner's words in place of the interface's own, as many as there are to be. */
import { z } from "zod";

/** Name of a text → what stands in its place. Which names and slots there are, the widget's build knows. */
export const ownTexts = z.record(z.string(), z.string().min(1).max(500));

export type OwnTexts = z.infer<typeof ownTexts>;
