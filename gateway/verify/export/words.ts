/** What was verified of an export, in plain English, and what a file cannot show. */
import { toBase64 } from "../bytes.ts";
import type { ExportedLog, ExportReport } from "./export.ts";
import { utcTime } from "../facts.ts";
import { jsonFields, shownText } from "../json.ts";
import { witnessWords } from "../witness-words.ts";

const count = (n: number) => n.toLocaleString("en-US");

export function exportWords({ logs, about, receipts }: ExportReport): string[] {
  const records = logs.reduce((sum, log) => sum + log.records, 0);
  const isWhole = logs.every(({ covers }) => covers !== null);
  return [
    `VERIFIED  ${count(records)} ${records === 1 ? "record" : "records"} of ${count(logs.length)} ${logs.length === 1 ? "log" : "logs"}`,
    ...logs.flatMap(logWords),
    "",
    "  Every record was read; with the hashes in the export they make the root that the log signed. None",
    "  was changed, added or moved.",
    ...(isWhole
      ? ["  Nothing is missing in between: every entry of these ranges is in the file."]
      : [
          "  This is a selection. Whether a record that it should hold was left out cannot be known from the",
          "  file: an export of the whole range, or the log itself, shows it.",
        ]),
    ...(receipts
      ? [
          "  The receipts say what their records say. Names in them are the exporter's reading of the",
          "  configuration that the record names.",
        ]
      : []),
    ...madeWords(about),
    "",
    "  This shows what the gateway received, when, and under which texts. It does not show who decided,",
    "  nor what happened after the checkpoint.",
  ];
}

function logWords({ checkpoint, ...log }: ExportedLog): string[] {
  const { covers, firstTime, lastTime, others } = log;
  return [
    "",
    `  ${checkpoint.origin}`,
    `    records   ${count(log.records)}${others > 0 ? `, and ${count(others)} other ${others === 1 ? "entry" : "entries"}` : ""}`,
    covers === null
      ? `    range     a selection out of ${count(checkpoint.size)} entries`
      : `    range     all of entries ${count(covers.from)} to ${count(covers.to - 1)}, of ${count(checkpoint.size)}`,
    ...(firstTime === null || lastTime === null
      ? []
      : [`    dated     ${utcTime(firstTime)} to ${utcTime(lastTime)}, by the log's own clock`]),
    `    root      ${toBase64(checkpoint.root)}`,
    ...witnessWords(checkpoint.cosignatures).map((line) => `  ${line}`),
  ];
}

/** The exporter's own word, as far as it can be shown on a terminal. */
function madeWords(about: string): string[] {
  const { site, filter } = jsonFields(about) ?? {};
  const asked = Object.entries(Object(filter) as Record<string, unknown>)
    .map(([name, value]) => shownText(`${name} ${String(value)}`))
    .filter((text) => text !== null);
  const named = shownText(site);
  if (named === null) return [];
  return [
    `  By the exporter's own word it was asked for ${asked.length === 0 ? "everything" : asked.join(", ")} of the site ${named}.`,
  ];
}
