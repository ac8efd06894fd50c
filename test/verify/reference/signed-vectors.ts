/** Notes, checkpoints and receipts, whole and mutated, each named after what was done to it. */
import { checkpointText, cosignatureLine, signatureLine, signer } from "./note.ts";
import {
  allOpenings,
  decision,
  entriesWithRecord,
  log,
  opened,
  otherLog,
  receiptOf,
  recordIndex,
  statement,
  subject,
  witness,
} from "./receipt.ts";
import { leavesOf, treeHash } from "./tree.ts";
import type { CheckpointVector, NoteVector, ReceiptVector, Vectors } from "./vector.ts";

const text = "Ничего личного.\n\nВторой абзац.\n";
const line = signatureLine(text, log);
const stranger = signer("stranger.example", 1, "stranger");
/** The log's name with a key of somebody else. */
const impostor = signer(log.name, 1, "impostor");

export function noteVectors(): Vectors {
  const whole: NoteVector = {
    what: "note",
    about: "a text with an empty line in it: the last one separates the signatures",
    key: log.verifierKey,
    note: `${text}\n${line}`,
    expect: "verified",
  };
  const changed = (note: string, expect: NoteVector["expect"], about = "mutated"): NoteVector => ({
    ...whole,
    about,
    note,
    expect,
  });
  const [dash, name, encoded] = line.trimEnd().split(" ") as [string, string, string];
  const bytes = Buffer.from(encoded, "base64");
  const flippedSignature = Buffer.from(bytes);
  flippedSignature[40]! ^= 1;
  const strangers = (count: number) => signatureLine(text, stranger).repeat(count);
  return {
    "note-whole": whole,
    "note-other-key-first": changed(`${text}\n${strangers(1)}${line}`, "verified"),
    "note-same-name-other-id": changed(
      `${text}\n${signatureLine(text, impostor)}${line}`,
      "verified",
      "a line that shares only the name with the key is a stranger's",
    ),
    "note-only-other-key": changed(`${text}\n${strangers(1)}`, "unsigned"),
    "note-only-same-name-other-id": changed(
      `${text}\n${signatureLine(text, impostor)}`,
      "unsigned",
    ),
    "note-16-other-keys": changed(`${text}\n${strangers(16)}${line}`, "verified"),
    "note-101-signatures": changed(`${text}\n${strangers(100)}${line}`, "bad_note"),
    "note-text-changed": changed(`${text.replace("Н", "н")}\n${line}`, "bad_signature"),
    "note-text-line-removed": changed(`Ничего личного.\n\n${line}`, "bad_signature"),
    "note-signature-bit-flipped": changed(
      `${text}\n${dash} ${name} ${flippedSignature.toString("base64")}\n`,
      "bad_signature",
    ),
    "note-valid-then-invalid-line-of-the-key": changed(
      `${text}\n${line}${dash} ${name} ${flippedSignature.toString("base64")}\n`,
      "bad_signature",
      "one line of a known key that does not verify spoils the note",
    ),
    "note-signature-of-63-bytes": changed(
      `${text}\n${dash} ${name} ${bytes.subarray(0, -1).toString("base64")}\n`,
      "bad_signature",
    ),
    "note-signature-is-key-id-only": changed(
      `${text}\n${dash} ${name} ${bytes.subarray(0, 4).toString("base64")}\n`,
      "bad_note",
    ),
    "note-base64-unpadded": changed(`${text}\n${line.replace(/=+\n/, "\n")}`, "bad_note"),
    "note-base64-stray-bits": changed(
      `${text}\n${line.replace(/.=+\n/, (tail) => tail.replace(/^./, (c) => String.fromCodePoint(c.codePointAt(0)! + 1)))}`,
      "bad_note",
      "the last character carries bits that no byte takes",
    ),
    "note-base64-of-urls": changed(`${text}\n${line.replaceAll(/[+/]/g, "-")}`, "bad_note"),
    "note-base64-with-space-behind": changed(`${text}\n${line.replace("\n", " \n")}`, "bad_note"),
    "note-hyphen-for-dash": changed(`${text}\n${line.replace("—", "-")}`, "bad_note"),
    "note-two-spaces": changed(`${text}\n${line.replace(" ", "  ")}`, "bad_note"),
    "note-carriage-returns": changed(`${text}\n${line}`.replaceAll("\n", "\r\n"), "bad_note"),
    "note-tab-in-text": changed(`${text.replace(" ", "\t")}\n${line}`, "bad_note"),
    "note-no-final-newline": changed(`${text}\n${line}`.slice(0, -1), "bad_note"),
    "note-newline-appended": changed(`${text}\n${line}\n`, "bad_note"),
    "note-no-blank-line": changed(`one line\n${line}`, "bad_note"),
    "note-no-signature": changed(`${text}\n`, "bad_note"),
    "note-empty": changed("", "bad_note"),
    "note-key-name-with-plus": changed(
      `${text}\n${line.replace("example.com", "a+b")}`,
      "bad_note",
    ),
    "note-key-id-of-another": {
      ...whole,
      about: "the key's id does not belong to it",
      key: log.verifierKey.replace(/\+[0-9a-f]{8}\+/, "+00000000+"),
      expect: "bad_key",
    },
    "note-key-upper-case-id": {
      ...whole,
      key: log.verifierKey.replace(/\+[0-9a-f]{8}\+/, (id) => id.toUpperCase()),
      expect: "bad_key",
    },
    "note-key-of-a-witness": { ...whole, key: witness.verifierKey, expect: "bad_key" },
    "note-key-padding-appended": { ...whole, key: `${log.verifierKey}=`, expect: "bad_key" },
  };
}

const root = treeHash(leavesOf([Buffer.from("one")]));
const body = checkpointText(log.name, 1, root);
/** Any text, signed by the log. */
const signed = (text: string) => `${text}\n${signatureLine(text, log)}`;

export function checkpointVectors(): Vectors {
  const whole: CheckpointVector = {
    what: "checkpoint",
    about: "a log of one entry",
    key: log.verifierKey,
    witnesses: [],
    note: signed(body),
    expect: "verified",
  };
  const changed = (
    text: string,
    expect: CheckpointVector["expect"] = "bad_checkpoint",
  ): CheckpointVector => ({
    ...whole,
    about: "mutated before it was signed",
    note: signed(text),
    expect,
  });
  const sized = (size: string) => changed(body.replace("\n1\n", `\n${size}\n`));
  const cosigned = (...lines: string[]): CheckpointVector => ({
    ...whole,
    about: "cosigned",
    witnesses: [witness.verifierKey],
    note: whole.note + lines.join(""),
  });
  const good = cosignatureLine(body, witness, 1_770_000_000);
  const [dash, name, encoded] = good.trimEnd().split(" ") as [string, string, string];
  const stamped = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(encoded, "base64");
    change(bytes);
    return `${dash} ${name} ${bytes.toString("base64")}\n`;
  };
  return {
    "checkpoint-whole": whole,
    "checkpoint-size-leading-zero": sized("01"),
    "checkpoint-size-empty": sized(""),
    "checkpoint-size-hexadecimal": sized("0x1"),
    "checkpoint-size-signed": sized("+1"),
    "checkpoint-size-negative": sized("-1"),
    "checkpoint-size-exponent": sized("1e0"),
    "checkpoint-size-with-space": sized(" 1"),
    "checkpoint-size-fraction": sized("1.0"),
    "checkpoint-size-other-digits": sized("١"),
    "checkpoint-size-2-to-53": sized("9007199254740992"),
    "checkpoint-size-largest": changed(body.replace("\n1\n", "\n9007199254740991\n"), "verified"),
    "checkpoint-root-of-31-bytes": changed(
      `${log.name}\n1\n${root.subarray(1).toString("base64")}\n`,
    ),
    "checkpoint-root-unpadded": changed(body.replace("=\n", "\n")),
    "checkpoint-root-of-urls": changed(
      `${log.name}\n1\n${Buffer.alloc(32, 0xff).toString("base64").replaceAll("/", "_")}\n`,
    ),
    "checkpoint-extension-line": changed(`${body}extension\n`),
    "checkpoint-empty-line-appended": changed(`${body}\n`),
    "checkpoint-without-root": changed(`${log.name}\n1\n`),
    "checkpoint-origin-empty": changed(body.replace(log.name, "")),
    "checkpoint-origin-of-another-log": changed(
      body.replace(log.name, otherLog.name),
      "wrong_origin",
    ),
    "checkpoint-origin-with-space-behind": changed(
      body.replace(log.name, `${log.name} `),
      "wrong_origin",
    ),
    "checkpoint-key-of-another-log": { ...whole, key: otherLog.verifierKey, expect: "unsigned" },
    "cosignature-whole": cosigned(good),
    "cosignature-unknown-witness-only": {
      ...whole,
      note: whole.note + good,
      about: "nobody asked for this witness",
    },
    "cosignature-missing": { ...cosigned(), expect: "missing_cosignature" },
    "cosignature-time-changed": {
      ...cosigned(stamped((bytes) => (bytes[11]! ^= 1))),
      expect: "bad_signature",
    },
    "cosignature-time-beyond-2-to-53": {
      ...cosigned(stamped((bytes) => bytes.fill(0xff, 4, 12))),
      expect: "bad_signature",
    },
    "cosignature-signature-bit-flipped": {
      ...cosigned(stamped((bytes) => (bytes[50]! ^= 1))),
      expect: "bad_signature",
    },
    "cosignature-without-time": {
      ...cosigned(signatureLine(body, witness)),
      about: "a plain signature by the witness's key says nothing about a time",
      expect: "bad_signature",
    },
    "cosignature-of-another-checkpoint": {
      ...cosigned(cosignatureLine(body.replace("\n1\n", "\n2\n"), witness, 1_770_000_000)),
      expect: "bad_signature",
    },
    "cosignature-key-of-a-log": {
      ...cosigned(good),
      witnesses: [log.verifierKey],
      expect: "bad_key",
    },
    "cosignature-only": {
      ...cosigned(),
      note: `${body}\n${good}`,
      about: "a witness does not stand in for the log",
      expect: "unsigned",
    },
  };
}

export function receiptVectors(): Vectors {
  const entries = entriesWithRecord(300);
  const full = receiptOf(entries, recordIndex, { extra: allOpenings });
  const receipt = (
    about: string,
    text: string,
    expect: ReceiptVector["expect"] = "verified",
  ): ReceiptVector => ({ what: "receipt", about, key: log.verifierKey, receipt: text, expect });
  const changed = (from: string | RegExp, to: string, expect: ReceiptVector["expect"]) =>
    receipt("mutated", full.replace(from, to), expect);
  const opening = (
    extra: Record<string, unknown>,
    expect: ReceiptVector["expect"] = "wrong_opening",
  ) => receipt("opened", receiptOf(entries, recordIndex, { extra }), expect);
  const extraLine = (extra: unknown) =>
    `extra ${Buffer.from(JSON.stringify(extra)).toString("base64")}\n`;
  const leaf = entries[recordIndex]!.toString();
  const hash = /\n([A-Za-z0-9+/]{43}=)\n/.exec(full)![1]!;
  return {
    "receipt-whole": receipt("everything opened", full),
    "receipt-sealed": receipt("nothing opened", receiptOf(entries, recordIndex)),
    "receipt-decision-only": opening({ decision: opened(decision), statement }, "verified"),
    "receipt-of-configuration": receipt(
      "the first entry, with its statement",
      receiptOf(entries, 0, { extra: { statement } }),
    ),
    "receipt-only-entry": receipt("no hashes needed", receiptOf(entries.slice(0, 1), 0)),
    "receipt-other-header": changed("tlog-proof@v1", "tlog-proof@v2", "bad_proof"),
    "receipt-without-extra": changed(/extra .*\n/, "", "bad_proof"),
    "receipt-extra-empty": changed(/extra .*\n/, "extra \n", "bad_proof"),
    "receipt-extra-twice": changed(/(extra .*\n)/, "$1$1", "bad_proof"),
    "receipt-extra-not-json": changed(/extra .*\n/, "extra AAAA\n", "bad_proof"),
    "receipt-extra-unknown-field": changed(
      /extra .*\n/,
      extraLine({ v: 1, leaf, note: "believe me" }),
      "bad_proof",
    ),
    "receipt-extra-of-version-2": changed(/extra .*\n/, extraLine({ v: 2, leaf }), "bad_proof"),
    "receipt-leaf-spaced": changed(
      /extra .*\n/,
      extraLine({ v: 1, leaf: leaf.replace(",", ", ") }),
      "not_included",
    ),
    "receipt-leaf-of-the-next-entry": changed(
      /extra .*\n/,
      extraLine({ v: 1, leaf: entries[recordIndex + 1]!.toString() }),
      "not_included",
    ),
    "receipt-without-index": changed(/index .*\n/, "", "bad_proof"),
    "receipt-index-leading-zero": changed("index 5", "index 05", "bad_proof"),
    "receipt-index-hexadecimal": changed("index 5", "index 0x5", "bad_proof"),
    "receipt-index-empty": changed("index 5", "index ", "bad_proof"),
    "receipt-index-of-the-next-entry": changed("index 5", "index 6", "not_included"),
    "receipt-index-beyond-size": changed("index 5", "index 300", "not_included"),
    "receipt-hash-removed": changed(`${hash}\n`, "", "not_included"),
    "receipt-hash-twice": changed(`${hash}\n`, `${hash}\n${hash}\n`, "not_included"),
    "receipt-hash-unpadded": changed(hash, hash.slice(0, -1), "bad_proof"),
    "receipt-blank-line-removed": changed("\n\n", "\n", "bad_proof"),
    "receipt-carriage-returns": changed(/\n/g, "\r\n", "bad_proof"),
    "receipt-size-changed": changed("\n300\n", "\n301\n", "bad_signature"),
    "receipt-cut-off": receipt("mutated", full.slice(0, -20), "bad_note"),
    "receipt-key-of-another-log": {
      ...receipt("asked of another log", full, "unsigned"),
      key: otherLog.verifierKey,
    },
    "receipt-decision-other-salt": opening({
      decision: opened({ ...decision, salt: subject.salt }),
    }),
    "receipt-decision-denied-to-granted": opening({
      decision: opened({ ...decision, text: decision.text.replace("denied", "granted") }),
    }),
    "receipt-decision-fields-reordered": opening({
      decision: opened({
        ...decision,
        text: JSON.stringify(
          Object.fromEntries(Object.entries(JSON.parse(decision.text) as object).toReversed()),
        ),
      }),
    }),
    "receipt-halves-exchanged": opening({ decision: opened(subject), subject: opened(decision) }),
    "receipt-subject-as-decision": opening({ decision: opened(subject) }),
    "receipt-subject-other-page": opening({
      subject: opened({ ...subject, text: subject.text.replace("врачи", "цены") }),
    }),
    "receipt-salt-of-16-bytes": opening(
      { decision: opened({ ...decision, salt: Buffer.alloc(16) }) },
      "bad_opening",
    ),
    "receipt-opening-with-lone-surrogate": opening(
      { decision: { ...opened(decision), text: "\ud800" } },
      "bad_opening",
    ),
    "receipt-statement-changed": opening({
      decision: opened(decision),
      statement: statement.replace("clinic", "chemist"),
    }),
    "receipt-statement-without-decision": opening({ statement }),
    "receipt-configuration-with-opening": receipt(
      "a configuration has no halves",
      receiptOf(entries, 0, { extra: { decision: opened(decision) } }),
      "bad_opening",
    ),
  };
}
