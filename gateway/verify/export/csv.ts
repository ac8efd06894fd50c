/**
 * Exports as CSV (RFC 4180): every field of a decision is a column, and the text the log committed to is
 * put together again from them. A cell that a spreadsheet could take for a formula begins with an
 * apostrophe, which is no part of it.
 */
import { fromDecimal } from "../bytes.ts";
import { badExport, parseHash, parseNoteText, parseToken, type Row, type Token } from "./rows.ts";

export const csvColumns =
  "kind,log,index,time,record,counter,decided,received,valid_until,late,action,place,control,offered," +
  "config,language,theme,viewport,purposes,services,documents,origin,browser,device,country,gpc," +
  "salt,subject,proof,checkpoint,text";

const columns = csvColumns.split(",");

/** @param line without its end. @throws {VerifyError} `bad_export`. */
export function parseCsvRow(line: string): Row {
  const cells = cellsOf(line);
  if (cells.length !== columns.length) throw badExport("a line of the export has too few cells");
  const cell = (name: string) => cells[columns.indexOf(name)]!;
  const onlyThese = (...names: string[]) =>
    columns.every((name) => names.includes(name) || cell(name) === "");
  const tokens = () => listOf(cell("proof")).map((text): Token => parseToken(text));
  switch (cell("kind")) {
    case "record": {
      const text = cell("text");
      const isPlain = text === "" && cell("checkpoint") === "";
      // A decision that its fields alone do not give stands there as a text, and in no other cell.
      if (
        !isPlain &&
        !onlyThese("kind", "log", "index", "time", "salt", "subject", "proof", "text")
      )
        throw badExport("a record of the export says its decision twice");
      return {
        kind: "record",
        log: cell("log"),
        index: numberOf(cell("index")),
        time: secondsOf(cell("time")),
        salt: parseHash(cell("salt")),
        subject: cell("subject"),
        decision: isPlain ? decisionText(cell) : text,
        proof: tokens(),
        receipt: null,
      };
    }
    case "log":
      if (!onlyThese("kind", "log", "index", "proof", "checkpoint")) break;
      return {
        kind: "log",
        log: cell("log"),
        covers: coversOf(cell("index")),
        proof: tokens(),
        checkpoint: parseNoteText(cell("checkpoint")),
      };
    case "end":
      if (!onlyThese("kind", "proof", "text")) break;
      return { kind: "end", about: cell("text"), digest: parseHash(cell("proof")) };
  }
  throw badExport("a line of the export is none that this format knows");
}

/** The decision half as the log has it: JSON without spaces, fields in this order. docs/log-format.md */
function decisionText(cell: (name: string) => string): string {
  return JSON.stringify({
    v: 1,
    id: cell("record"),
    counter: numberOf(cell("counter")),
    time: secondsOf(cell("decided")),
    received: secondsOf(cell("received")),
    until: secondsOf(cell("valid_until")),
    late: truthOf(cell("late")),
    action: cell("action"),
    place: cell("place"),
    control: cell("control"),
    offered: listOf(cell("offered")),
    config: cell("config"),
    language: cell("language"),
    theme: cell("theme") || null,
    viewport: cell("viewport") || null,
    purposes: statesOf(cell("purposes")),
    services: statesOf(cell("services")),
    documents: listOf(cell("documents")),
    origin: cell("origin"),
    browser: cell("browser"),
    device: cell("device"),
    country: cell("country") === "" ? null : cell("country"),
    gpc: truthOf(cell("gpc")),
  });
}

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  while (pattern.lastIndex <= line.length) {
    const found = pattern.exec(line);
    if (found === null) throw badExport("a line of the export is not CSV");
    const [, quoted, plain = "", end] = found;
    // Quotes stand only where they are needed, so that every cell has one spelling.
    if (quoted !== undefined && !/[",]/.test(quoted))
      throw badExport("a cell of the export is quoted for nothing");
    cells.push(unguarded(quoted === undefined ? plain : quoted.replaceAll('""', '"')));
    if (end === "") return cells;
  }
  throw badExport("a line of the export is not CSV");
}

function unguarded(cell: string): string {
  if (/^[=+\-@\t]/.test(cell)) throw badExport("a cell of the export could be taken for a formula");
  return /^'[=+\-@\t]/.test(cell) ? cell.slice(1) : cell;
}

const listOf = (cell: string): string[] => (cell === "" ? [] : cell.split(" "));

function statesOf(cell: string): Record<string, string> {
  return Object.fromEntries(
    listOf(cell).map((state) => {
      const [id = "", value = "", ...more] = state.split("=");
      if (id === "__proto__" || more.length > 0) throw badExport("a choice is not in this format");
      return [id, value];
    }),
  );
}

function numberOf(cell: string): number {
  const value = fromDecimal(cell);
  if (value === null) throw badExport("a number of the export is not in this format");
  return value;
}

function truthOf(cell: string): boolean {
  if (cell !== "true" && cell !== "false")
    throw badExport("a cell of the export is neither true nor false");
  return cell === "true";
}

/** `2026-05-04T09:00:00Z`, in its one spelling. */
function secondsOf(cell: string): number {
  const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(cell) ? Date.parse(cell) / 1000 : NaN;
  if (!Number.isSafeInteger(seconds) || utc(seconds) !== cell)
    throw badExport("a time of the export is not in this format");
  return seconds;
}

const utc = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

function coversOf(cell: string): { from: number; to: number } | null {
  if (cell === "") return null;
  const [from = "", to = "", ...more] = cell.split("..");
  if (more.length > 0) throw badExport("the range of the export is not in this format");
  return { from: numberOf(from), to: numberOf(to) };
}
