/** Exports as JSON Lines: one row a line, each in its one spelling. */
import {
  badExport,
  isIndex,
  parseHash,
  parseNoteText,
  parseToken,
  type Row,
  type Token,
} from "./rows.ts";
import { jsonFields } from "../json.ts";
import { isExactText } from "../opening.ts";

const beforeDecision = ',"decision":';

/** @param line without its end. @throws {VerifyError} `bad_export`. */
export function parseJsonRow(line: string): Row {
  const split = line.startsWith('{"kind":"record"') ? line.indexOf(beforeDecision) : -1;
  const text = split < 0 ? line : `${line.slice(0, split)}}`;
  const fields = jsonFields(text);
  // Another spelling of the same would be another file.
  if (fields === null || JSON.stringify(fields) !== text || !line.endsWith("}"))
    throw badExport("a line of the export is not one of this format");
  const names = Object.keys(fields).join(" ");
  if (split >= 0) {
    const decision = line.slice(split + beforeDecision.length, -1);
    return recordRow(fields, names, decision);
  }
  const { log, covers, about, sha256 } = fields;
  if (names === "kind log covers proof checkpoint" && fields["kind"] === "log" && isExactText(log))
    return {
      kind: "log",
      log,
      covers: coversOf(covers),
      proof: tokens(fields["proof"]),
      checkpoint: parseNoteText(fields["checkpoint"]),
    };
  if (
    names === "kind about sha256" &&
    fields["kind"] === "end" &&
    jsonFields(JSON.stringify(about))
  )
    return { kind: "end", about: JSON.stringify(about), digest: parseHash(sha256) };
  throw badExport("a line of the export is none that this format knows");
}

function recordRow(fields: Record<string, unknown>, names: string, decision: string): Row {
  const { log, index, time, subject, salt, proof, receipt } = fields;
  const isKnown =
    names === "kind log index time salt subject proof" ||
    names === "kind receipt log index time salt subject proof";
  if (!isKnown || !isExactText(log) || !isIndex(index) || !isIndex(time) || !isExactText(subject))
    throw badExport("a record of the export is not in this format");
  return {
    kind: "record",
    log,
    index,
    time,
    subject,
    salt: parseHash(salt),
    decision,
    proof: tokens(proof),
    receipt:
      receipt === undefined ? null : (jsonFields(JSON.stringify(receipt)) ?? refuseReceipt()),
  };
}

function refuseReceipt(): never {
  throw badExport("a receipt of the export is not in this format");
}

function tokens(value: unknown): Token[] {
  if (!Array.isArray(value)) throw badExport("a proof of the export is not in this format");
  return value.map((token) => parseToken(String(token)));
}

function coversOf(value: unknown): { from: number; to: number } | null {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isIndex))
    throw badExport("the range of the export is not in this format");
  return { from: value[0]!, to: value[1]! };
}
