/**
 * Compares what is stored of decisions and configurations with what the log's entries commit to. The tree says
 * nothing of them: a log whose record is gone, or says something else than it did, is still whole.
 */
import { hash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";
import { textOf } from "../bytes.ts";
import { commitment } from "../commitment.ts";
import { decodeHead } from "../decision-half.ts";
import { readConfigLeaf, readConsentLeaf } from "../leaf.ts";
import { IntegrityError } from "../tree/integrity.ts";

/** Entries read at once. */
const page = 1024;

/**
 * Subject halves are not looked at: they are sealed, and open with the visitor's key alone.
 * @param log its row, and how many of its entries are looked at.
 * @throws {IntegrityError} `wrong_record`
 */
export async function checkRecords(
  db: Kysely<Database>,
  log: { id: number; entries: number },
): Promise<void> {
  for (let from = 0; from < log.entries; from += page) {
    const rows = await readRows(db, log.id, from, Math.min(log.entries, from + page));
    rows.forEach((row) => checkRow(row, log.id));
    const hashes = rows.flatMap(({ leaf }) => readConfigLeaf(textOf(leaf)) ?? []);
    if (hashes.length > 0) await checkStatements(db, hashes);
  }
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

function readRows(db: Kysely<Database>, log: number, from: number, to: number) {
  return db
    .selectFrom("entries")
    .innerJoin("logs", "logs.id", "entries.log")
    .leftJoin("records", (join) =>
      join.onRef("records.log", "=", "entries.log").onRef("records.idx", "=", "entries.idx"),
    )
    .leftJoin("decision_tails as tails", "tails.id", "records.tail")
    .leftJoin("record_ids as ids", (join) =>
      join.onRef("ids.site", "=", "logs.site").onRef("ids.id", "=", "records.id"),
    )
    .select(["entries.idx", "entries.leaf", "records.id", "records.head", "records.counter"])
    .select(["records.decision_salt as salt", "tails.tail"])
    .select(["ids.log as namedLog", "ids.idx as namedIndex"])
    .where("entries.log", "=", log)
    .where("entries.idx", ">=", from)
    .where("entries.idx", "<", to)
    .orderBy("entries.idx")
    .execute();
}

function checkRow({ idx, leaf, ...row }: Row, log: number): void {
  const refuse = (what: string) => new IntegrityError("wrong_record", `entry ${idx}: ${what}`);
  const committed = readConsentLeaf(textOf(leaf))?.decision;
  const { id, head, salt, tail } = row;
  if (committed === undefined) {
    if (id !== null) throw refuse("it is no decision, and a record stands in its place");
    return;
  }
  if (!id || !head || !salt || !tail) throw refuse("the record of this decision is not there");
  if (commitment("decision", salt, head, tail).toString("base64url") !== committed)
    throw refuse("the record does not say what the log committed to");
  const said = decodeHead(textOf(head));
  if (said.id !== Buffer.from(id).toString("base64url") || said.counter !== row.counter)
    throw refuse("the record is kept under another id or counter than it has");
  if (row.namedLog !== log || row.namedIndex !== idx)
    throw refuse("the record's id does not lead to it, so it could be taken a second time");
}

/** @param hashes of statements, base64url. */
async function checkStatements(db: Kysely<Database>, hashes: string[]): Promise<void> {
  const rows = await db
    .selectFrom("configs")
    .select(["hash", "statement"])
    .where("hash", "in", inList(hashes))
    .execute();
  const right = new Set(
    rows.flatMap((row) =>
      hash("sha256", row.statement, "base64url") === row.hash ? [row.hash] : [],
    ),
  );
  if (!hashes.every((each) => right.has(each)))
    throw new IntegrityError(
      "wrong_record",
      "a configuration that was logged is not there as its entry has it",
    );
}
