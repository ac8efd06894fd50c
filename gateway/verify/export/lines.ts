/** The lines of an export, one after the other, however long the file is. */
import { concat, fromUtf8, utf8, type Bytes } from "../bytes.ts";
import { csvColumns, parseCsvRow } from "./csv.ts";
import { parseJsonRow } from "./json.ts";
import { badExport, type Row } from "./rows.ts";

export interface Line {
  row: Row;
  /** With its end. */
  bytes: Uint8Array;
}

export type ExportForm = "csv" | "json";

/** A line longer than this is none of ours, bytes. */
const longest = 4_000_000;

const newline = 0x0a;

/**
 * @param chunks the file in pieces of any size.
 * @param digest takes the header of a CSV file, which is no row.
 * @throws {VerifyError} `bad_export`.
 */
export async function* exportLines(
  chunks: AsyncIterable<Uint8Array>,
  digest: (bytes: Uint8Array) => void,
): AsyncGenerator<Line> {
  let form: ExportForm | null = null;
  for await (const bytes of split(chunks)) {
    const text = fromUtf8(bytes, "bad_export", "the export");
    if (form === null) {
      form = text.startsWith("{") ? "json" : "csv";
      if (form === "csv") {
        if (text !== `${csvColumns}\r\n`)
          throw badExport("this is no export: its first line is neither JSON nor our columns");
        digest(bytes);
        continue;
      }
    }
    const end = form === "csv" ? "\r\n" : "\n";
    if (!text.endsWith(end)) throw badExport("a line of the export has no end, or the wrong one");
    const line = text.slice(0, -end.length);
    yield { row: form === "csv" ? parseCsvRow(line) : parseJsonRow(line), bytes };
  }
}

/** Pieces that end in a newline; the last one may lack it. */
async function* split(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Bytes = utf8("");
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const piece = chunk.subarray(start, end + 1);
      yield rest.length === 0 ? piece : concat(rest, piece);
      rest = utf8("");
      start = end + 1;
    }
    rest = concat(rest, chunk.subarray(start));
    if (rest.length > longest) throw badExport("a line of the export is too long");
  }
  if (rest.length > 0) yield rest;
}
