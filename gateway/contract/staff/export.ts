/** `GET /v1/staff/sites/{site}/export`: records as a file that proves itself. */
import { z } from "zod";
import { recordFilter } from "./search.ts";

/** `receipts`: JSON Lines with a receipt in the words of ISO/IEC TS 27560 beside each record. */
export const exportForm = z.enum(["csv", "jsonl", "receipts"]);

export const exportQuery = z.strictObject({
  form: exportForm.default("csv"),
  ...recordFilter.shape,
});

export type ExportForm = z.infer<typeof exportForm>;
