/** Exports as JSON Lines; each decision stands there in the very words the log committed to. */
import type { ExportedRecord, Form } from "./rows.ts";

/** @param receiptOf what to say beside each record, in the words of ISO/IEC TS 27560. */
export function jsonLines(receiptOf?: (record: ExportedRecord) => object): Form {
  return {
    contentType: "application/jsonl; charset=utf-8",
    suffix: receiptOf ? "receipts.jsonl" : "jsonl",
    header: "",
    record(record) {
      const { log, index, time, salt, subject, proof, head, tail } = record;
      const fields = {
        kind: "record",
        ...(receiptOf && { receipt: receiptOf(record) }),
        log,
        index,
        time,
        salt,
        subject,
        proof,
      };
      return `${JSON.stringify(fields).slice(0, -1)},"decision":${head}${tail.text}}\n`;
    },
    log({ log, covers, proof, checkpoint }) {
      const note = Buffer.from(checkpoint).toString("base64");
      return `${JSON.stringify({ kind: "log", log, covers, proof, checkpoint: note })}\n`;
    },
    end: (about, digest) => `{"kind":"end","about":${about},"sha256":"${digest}"}\n`,
  };
}
