/**
 * A receipt, verified: the record it speaks of stands in a log that cannot take it back. The proof is a
 * C2SP tlog-proof; its `extra` carries the leaf, and the openings its holder may see.
 */
import { equal, fromBase64Url, fromUtf8, utf8, type Bytes } from "./bytes.ts";
import {
  presentCosignatures,
  verifyCheckpoint,
  type Trust,
  type VerifiedCheckpoint,
} from "./checkpoint.ts";
import type { Cosignature } from "./cosignature.ts";
import { dateOf, type Dating } from "./dating.ts";
import { VerifyError } from "./errors.ts";
import { jsonFields, shownText } from "./json.ts";
import { parseLeaf, type Leaf } from "./leaf.ts";
import { leafHash, verifyInclusion } from "./merkle.ts";
import { parseNamedWitnesses, type NamedWitness } from "./named-witnesses.ts";
import { parseNote } from "./note.ts";
import { isExactText, parseOpening, verifyOpening, type Opening } from "./opening.ts";
import type { Primitives } from "./primitives.ts";
import { parseProof } from "./proof.ts";

export interface Receipt {
  checkpoint: VerifiedCheckpoint;
  index: number;
  leaf: Leaf;
  /** The decision half, JSON as committed to; null when the receipt does not open it. */
  decision: string | null;
  /** The subject half, JSON as committed to; null when the receipt does not open it. */
  subject: string | null;
  /** The configuration's statement, JSON as hashed; null when the receipt does not carry it. */
  statement: string | null;
  /** When the entry got into the log, by the clocks of witnesses; null when none was asked. */
  dating: Dating | null;
  /** Witnesses as the receipt names them: the only thing here that nothing vouches for. */
  named: NamedWitness[];
}

/** What the `extra` line holds: `{"v":1,"leaf":…,"decision"?:…,"subject"?:…,"statement"?:…}`, and what witnesses say. */
interface Extra {
  leaf: string;
  decision: Opening | null;
  subject: Opening | null;
  statement: string | null;
  /** A checkpoint that does not cover the record: a signed note. */
  earlier: string | null;
  named: NamedWitness[];
}

/**
 * Verifies a receipt. Whatever is returned was checked, but for `named`: nothing else of the file that is not
 * covered by the log's signature is in it.
 * @throws {VerifyError}
 */
export async function verifyReceipt(
  bytes: Uint8Array,
  trust: Trust,
  primitives: Primitives,
): Promise<Receipt> {
  const { extra, index, path, checkpoint: note } = parseProof(bytes);
  if (extra === null)
    throw new VerifyError("bad_proof", "the receipt does not carry the record it is about");
  const { leaf: text, earlier, named, ...opened } = parseExtra(extra);
  const checkpoint = await verifyCheckpoint(note, trust, primitives);
  const { size, root } = checkpoint;
  const hash = await leafHash(utf8(text), primitives);
  await verifyInclusion({ index, size, leaf: hash, path, root }, primitives);
  const leaf = parseLeaf(text);
  await verifyOpenings(leaf, opened, primitives);
  const before = earlier === null ? [] : await verifyEarlier(earlier, index, trust, primitives);
  return {
    checkpoint,
    index,
    leaf,
    decision: opened.decision?.text ?? null,
    subject: opened.subject?.text ?? null,
    statement: opened.statement,
    dating: dateOf(leaf.time, checkpoint.cosignatures, before),
    named,
  };
}

/** What the witnesses asked for said when the record was not there yet. */
async function verifyEarlier(
  text: string,
  index: number,
  { log, witnesses }: Trust,
  primitives: Primitives,
): Promise<Cosignature[]> {
  const bytes = utf8(text);
  const { size } = await verifyCheckpoint(bytes, { log, witnesses: [] }, primitives);
  if (size > index)
    throw new VerifyError(
      "bad_proof",
      "the receipt's earlier checkpoint has the record in it already",
    );
  return presentCosignatures(parseNote(bytes), witnesses, primitives);
}

/**
 * The origin a receipt claims to come from, to find the key for; proves nothing by itself.
 * @throws {VerifyError} `bad_proof`, `bad_note`.
 */
export function claimedOrigin(bytes: Uint8Array): string {
  const { checkpoint } = parseProof(bytes);
  const origin = shownText(parseNote(checkpoint).text.split("\n", 1)[0]);
  if (origin === null) throw new VerifyError("bad_note", "the checkpoint names no log");
  return origin;
}

async function verifyOpenings(
  leaf: Leaf,
  { decision, subject, statement }: Pick<Extra, "decision" | "subject" | "statement">,
  primitives: Primitives,
): Promise<void> {
  if (leaf.kind !== "consent" && (decision !== null || subject !== null))
    throw new VerifyError("bad_opening", "the receipt opens halves that its record does not have");
  if (leaf.kind === "consent") {
    if (decision !== null) await verifyOpening("decision", decision, leaf.decision, primitives);
    if (subject !== null) await verifyOpening("subject", subject, leaf.subject, primitives);
  }
  if (statement !== null) {
    const expected = leaf.kind === "config" ? leaf.statement : configOf(decision);
    const hash = await primitives.sha256(utf8(statement));
    if (!equal(hash, (expected === null ? null : fromBase64Url(expected)) ?? utf8("")))
      throw new VerifyError(
        "wrong_opening",
        "the configuration in the receipt is not the one its record names",
      );
  }
}

/** Hash of the configuration that a decision names. */
function configOf(decision: Opening | null): string | null {
  const config = decision === null ? null : jsonFields(decision.text)?.["config"];
  return typeof config === "string" ? config : null;
}

function parseExtra(bytes: Bytes): Extra {
  const fields = jsonFields(fromUtf8(bytes, "bad_proof", "the receipt's extra line"));
  const { v, leaf, decision, subject, statement, earlier, witnesses, ...more } = fields ?? {};
  const named = witnesses === undefined ? [] : parseNamedWitnesses(witnesses);
  if (
    v !== 1 ||
    !isExactText(leaf) ||
    (statement !== undefined && !isExactText(statement)) ||
    (earlier !== undefined && !isExactText(earlier)) ||
    named === null ||
    Object.keys(more).length > 0
  )
    throw new VerifyError("bad_proof", "the receipt's extra line is not one of this log format");
  return {
    leaf,
    decision: decision === undefined ? null : parseOpening(decision),
    subject: subject === undefined ? null : parseOpening(subject),
    statement: statement ?? null,
    earlier: earlier ?? null,
    named,
  };
}
