/**
 * An export, verified: every record in it stands in a log under a signed checkpoint, at its place and
 * with these very words. Records and what is not shown hash to the signed root, so one that was changed,
 * added, dropped or moved is found.
 */
import { equal, fromUtf8, utf8, type Bytes } from "../bytes.ts";
import { verifyCheckpoint, type Trust, type VerifiedCheckpoint } from "../checkpoint.ts";
import { VerifyError } from "../errors.ts";
import { exportLines } from "./lines.ts";
import { checkReceipt } from "./receipt.ts";
import { badExport, type LogRow, type RecordRow, type Token } from "./rows.ts";
import { openExportTree, type ExportTree } from "./tree.ts";
import { parseLeaf } from "../leaf.ts";
import type { LogPrimitives } from "../log.ts";
import type { Trusts } from "../trusts.ts";

export interface ExportPrimitives extends LogPrimitives {
  /** SHA-256 over what comes in pieces. */
  digest(): { update(bytes: Uint8Array): void; end(): Bytes };
}

/** What an export shows of one log. */
export interface ExportedLog {
  checkpoint: VerifiedCheckpoint;
  records: number;
  /** Other entries shown beside them: configurations, erasures. */
  others: number;
  /** The range of indexes of which nothing is missing; null when the export is a selection. */
  covers: { from: number; to: number } | null;
  /** Leaf times of the first and the last record, unix seconds. */
  firstTime: number | null;
  lastTime: number | null;
}

export interface ExportReport {
  logs: ExportedLog[];
  /** What the exporter says of the export: its own word. JSON. */
  about: string;
  receipts: boolean;
}

/** The part of a file that belongs to one log, while it is read. */
interface Section {
  origin: string;
  tree: ExportTree;
  records: number;
  others: number;
  firstTime: number | null;
  lastTime: number | null;
  /** Indexes shown: where they begin, the one after the last, and whether any between was not. */
  shown: { from: number; to: number; broken: boolean } | null;
}

/**
 * Verifies an export in one pass.
 * @param trusts whose signatures count for which log.
 * @throws {VerifyError} on the first thing that is wrong.
 */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  trusts: Trusts,
  primitives: ExportPrimitives,
): Promise<ExportReport> {
  const digest = primitives.digest();
  const logs: ExportedLog[] = [];
  const seen = new Set<string>();
  let section: Section | null = null;
  let about: string | null = null;
  let receipts = false;

  for await (const { row, bytes } of exportLines(chunks, digest.update)) {
    if (about !== null) throw badExport("the export goes on behind its end");
    if (row.kind === "end") {
      if (section !== null) throw badExport("the export ends before what proves its last records");
      digest.update(utf8(row.about));
      if (!equal(digest.end(), row.digest))
        throw badExport("the export is not as it was written: its bytes have another digest");
      ({ about } = row);
      continue;
    }
    digest.update(bytes);
    section ??= openSection(row.log, primitives);
    if (section.origin !== row.log || seen.has(row.log))
      throw badExport("records of several logs are mixed up in the export");
    if (row.kind === "record") {
      addRecord(section, row, primitives);
      if (row.receipt !== null) checkReceipt(row, row.receipt);
      receipts ||= row.receipt !== null;
    } else {
      logs.push(await closeSection(section, row, trusts.of(row.log), primitives));
      seen.add(row.log);
      section = null;
    }
  }
  if (about === null) throw badExport("the export has no end: it is only a part of one");
  if (logs.length === 0)
    throw badExport("the export holds nothing that a log has signed: there is nothing to verify");
  return { logs, about, receipts };
}

function openSection(origin: string, { hashInto }: ExportPrimitives): Section {
  return {
    origin,
    tree: openExportTree(hashInto),
    records: 0,
    others: 0,
    firstTime: null,
    lastTime: null,
    shown: null,
  };
}

function show({ shown, ...section }: Section): Section["shown"] {
  const { size } = section.tree;
  if (shown === null) return { from: size, to: size + 1, broken: false };
  return { ...shown, to: size + 1, broken: shown.broken || shown.to !== size };
}

function addTokens(section: Section, tokens: Token[]): void {
  for (const token of tokens) {
    if ("root" in token) {
      section.tree.addSubtree(token.level, token.root);
      continue;
    }
    const leaf = parseLeaf(fromUtf8(token.leaf, "bad_leaf", "an entry"));
    if (leaf.kind === "consent")
      throw badExport("a decision of the export is shown without its words");
    section.shown = show(section);
    section.tree.addEntry(token.leaf);
    section.others += 1;
  }
}

function addRecord(section: Section, row: RecordRow, primitives: ExportPrimitives): void {
  addTokens(section, row.proof);
  if (section.tree.size !== row.index)
    throw badExport(`record ${row.index} of ${row.log} does not stand where the proof puts it`);
  const decision = commitmentOf(row, primitives);
  const leaf = `{"v":1,"k":"consent","t":${row.time},"s":"${row.subject}","d":"${decision}"}`;
  parseLeaf(leaf);
  section.shown = show(section);
  section.tree.addEntry(utf8(leaf));
  section.records += 1;
  section.firstTime ??= row.time;
  section.lastTime = row.time;
}

const tag = utf8("soglas/decision-half/v1\n");

/** SHA-256(tag ‖ salt ‖ decision), base64url. */
function commitmentOf({ salt, decision }: RecordRow, { hashInto }: ExportPrimitives): string {
  const text = utf8(decision);
  const data = new Uint8Array(tag.length + salt.length + text.length);
  data.set(tag);
  data.set(salt, tag.length);
  data.set(text, tag.length + salt.length);
  const digest = new Uint8Array(32);
  hashInto(data, digest, 0);
  return base64url(digest);
}

const base64url = (bytes: Bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

async function closeSection(
  section: Section,
  row: LogRow,
  trust: Trust,
  primitives: ExportPrimitives,
): Promise<ExportedLog> {
  addTokens(section, row.proof);
  const checkpoint = await verifyCheckpoint(row.checkpoint, trust, primitives);
  const root = section.tree.root();
  if (section.tree.size !== checkpoint.size || root === null || !equal(root, checkpoint.root))
    throw new VerifyError(
      "not_included",
      `the records do not hash to what ${row.log} signed: one was changed, added, dropped or moved`,
    );
  const { covers } = row;
  const { shown } = section;
  const isWhole =
    covers === null ||
    (shown === null
      ? covers.from === covers.to
      : !shown.broken && shown.from === covers.from && shown.to === covers.to);
  if (!isWhole)
    throw new VerifyError(
      "not_included",
      "the export claims to be a whole range, and entries of the range are missing",
    );
  const { records, others, firstTime, lastTime } = section;
  return { checkpoint, records, others, covers, firstTime, lastTime };
}
