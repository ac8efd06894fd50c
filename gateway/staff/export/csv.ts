/**
 * Exports as CSV (RFC 4180) with every field of a decision in a column of its own. A cell that a
 * spreadsheet could take for a formula gets an apostrophe in front.
 */
import { decodeTail } from "../../log/decision-half.ts";
import type { ExportedRecord, Form } from "./rows.ts";
import { utcTexts, type UtcText } from "./utc.ts";

const columns =
  "kind,log,index,time,record,counter,decided,received,valid_until,late,action,place,control,offered," +
  "config,language,theme,viewport,purposes,services,documents,origin,browser,device,country,gpc," +
  "salt,subject,proof,checkpoint,text";

/** Between `valid_until` and `salt`. */
const tailColumns = 17;
/** Between `time` and `salt`. */
const decisionColumns = tailColumns + 5;

/** Cells of tails that are kept: one per kind of decision. */
const remembered = 16_384;

export function csv(): Form {
  const known = new Map<number, string | null>();
  const utc = utcTexts();

  /** Cells of a tail, or null when they would not give its text back. */
  function tailCells({ id, text }: ExportedRecord["tail"]): string | null {
    let cells = known.get(id);
    if (cells !== undefined) return cells;
    cells = cellsOfTail(text);
    if (known.size >= remembered) known.clear();
    known.set(id, cells);
    return cells;
  }

  return {
    contentType: "text/csv; charset=utf-8; header=present",
    suffix: "csv",
    header: `${columns}\r\n`,
    record({ log, index, time, subject, salt, head, tail, proof }) {
      const start = `record,${cell(log)},${index},${utc(time)}`;
      const end = `${cell(salt)},${cell(subject)},${proof.join(" ")},`;
      const first = cellsOfHead(head, utc);
      const rest = first === null ? null : tailCells(tail);
      return first === null || rest === null
        ? `${start}${",".repeat(decisionColumns)},${end},${cell(head + tail.text)}\r\n`
        : `${start},${first},${rest},${end},\r\n`;
    },
    log({ log, covers, proof, checkpoint }) {
      const range = covers === null ? "" : covers.join("..");
      const note = Buffer.from(checkpoint).toString("base64");
      return `log,${cell(log)},${range},${",".repeat(decisionColumns + 2)},${proof.join(" ")},${cell(note)},\r\n`;
    },
    end: (about, digest) =>
      `end${",".repeat(decisionColumns + 6)}${cell(digest)},,${cell(about)}\r\n`,
  };
}

const headText =
  /^\{"v":1,"id":"([\w-]{22})","counter":([1-9]\d*),"time":([1-9]\d*),"received":([1-9]\d*),"until":([1-9]\d*)$/;

function cellsOfHead(text: string, utc: UtcText): string | null {
  const found = headText.exec(text);
  if (found === null) return null;
  const [, id, counter, time, received, until] = found;
  return `${cell(id!)},${counter},${utc(Number(time))},${utc(Number(received))},${utc(Number(until))}`;
}

function cellsOfTail(text: string): string | null {
  const said = decodeTail(text);
  const { late, action, place, control, offered, config, language, theme, viewport } = said;
  const { purposes, services, documents, origin, browser, device, country, gpc } = said;
  const shown = {
    late,
    action,
    place,
    control,
    offered,
    config,
    language,
    theme,
    viewport,
    purposes,
    services,
    documents,
    origin,
    browser,
    device,
    country,
    gpc,
  };
  if (`,${JSON.stringify(shown).slice(1)}` !== text) return null;
  const lists = [offered, documents, statesOf(purposes), statesOf(services)];
  // What a list is written with must not stand in its parts, and an empty cell means that there is none.
  if (
    lists.flat().some((part) => !/^[a-z0-9-]+(=[a-z-]+)?$/.test(part)) ||
    [theme, viewport, country].some((text) => text === "")
  )
    return null;
  return [
    String(late),
    action,
    place,
    control,
    offered.join(" "),
    config,
    language,
    theme ?? "",
    viewport ?? "",
    statesOf(purposes).join(" "),
    statesOf(services).join(" "),
    documents.join(" "),
    origin,
    browser,
    device,
    country ?? "",
    String(gpc),
  ]
    .map(cell)
    .join(",");
}

const statesOf = (states: Record<string, string>) =>
  Object.entries(states).map(([id, state]) => `${id}=${state}`);

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
