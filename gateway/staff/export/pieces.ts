/** What an export shows of one log, page by page, under one checkpoint from the start to the end. */
import type { RecordFilter } from "../../contract/staff/search.ts";
import { decodeHead } from "../../log/decision-half.ts";
import { readConsentLeaf } from "../../log/leaf.ts";
import type { NamedLog } from "../../log/named-logs.ts";
import type { Published } from "../../log/published.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import type { Meant } from "../search/search.ts";
import { openGaps } from "./gaps.ts";
import { readEntries, type ReadEntry, type Wanted } from "./read.ts";
import type { ExportedEnd, ExportedRecord } from "./rows.ts";
import { openTails } from "./tails.ts";

/** One log's share of an export. */
export interface Part {
  meant: Meant;
  log: NamedLog;
  /** Entries under the checkpoint. */
  size: number;
  /** The checkpoint, a signed note. */
  note: string;
}

export interface PiecesDeps {
  main: Store<Database>;
  published: Pick<Published, "tile">;
}

/** @param filter says of the records of the part which are left out for their validity. */
export async function* piecesOf(
  { main, published }: PiecesDeps,
  part: Part,
  filter: RecordFilter,
): AsyncGenerator<ExportedRecord[] | { end: ExportedEnd }> {
  const { meant, log, size } = part;
  const tails = openTails(main.read);
  const gaps = openGaps(published, log, size);
  const to = Math.min(meant.range.to, size);
  const from = Math.min(meant.range.from, to);
  let next = 0;
  let proof: string[] = [];
  if (meant.isWhole) {
    proof = await gaps(0, from);
    next = from;
  }
  for await (const entries of readEntries(main, meant.log, { from, to }, wantedOf(meant))) {
    const texts = await tails.load(entries.flatMap(({ record }) => record?.tail ?? []));
    const page: ExportedRecord[] = [];
    for (const { index, leaf, record } of entries) {
      if (record === null) {
        if (meant.isWhole) proof.push(`leaf:${Buffer.from(leaf).toString("base64")}`);
        if (meant.isWhole) next = index + 1;
        continue;
      }
      if (!isValidWithin(record.head, filter)) continue;
      if (next < index) proof.push(...(await gaps(next, index)));
      page.push({ ...exported(log, index, leaf, record), tail: texts.get(record.tail)!, proof });
      proof = [];
      next = index + 1;
    }
    if (page.length > 0) yield page;
  }
  proof.push(...(await gaps(next, size)));
  const covers: ExportedEnd["covers"] = meant.isWhole ? [from, to] : null;
  yield { end: { log: log.signer.name, covers, proof, checkpoint: part.note } };
}

function wantedOf({ isWhole, condition, indexes }: Meant): Wanted {
  if (isWhole) return { every: true };
  if (indexes !== null) return { indexes };
  return condition === null ? { every: true } : { condition };
}

function isValidWithin(head: string, { untilFrom, untilTo }: RecordFilter): boolean {
  if (untilFrom === undefined && untilTo === undefined) return true;
  const { until } = decodeHead(head);
  return until >= (untilFrom ?? 0) && until < (untilTo ?? Infinity);
}

function exported(
  log: NamedLog,
  index: number,
  leaf: string,
  { head, salt }: NonNullable<ReadEntry["record"]>,
) {
  const said = readConsentLeaf(leaf);
  if (said === null) throw new Error("a record's leaf is not one of a decision");
  return {
    log: log.signer.name,
    index,
    time: said.time,
    subject: said.subject,
    salt: salt.toString("base64url"),
    head,
  };
}
