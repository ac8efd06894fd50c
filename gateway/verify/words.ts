/** What was verified, in plain English, line by line. */
import { toBase64 } from "./bytes.ts";
import { decisionFacts, subjectFacts, utcTime, type Choices } from "./facts.ts";
import type { Leaf, LeafKind } from "./leaf.ts";
import type { LogReport } from "./log.ts";
import type { NamedWitness } from "./named-witnesses.ts";
import type { Receipt } from "./receipt.ts";
import { datingWords, witnessWords } from "./witness-words.ts";

const count = (n: number) => n.toLocaleString("en-US");

const kindWords: Record<LeafKind, [one: string, many: string]> = {
  consent: ["decision", "decisions"],
  config: ["configuration", "configurations"],
  erasure: ["erasure", "erasures"],
  epoch: ["continuation of another log", "continuations of other logs"],
};

/**
 * @param earlier how many earlier checkpoints the log was compared with.
 * @param named witnesses as the log names them.
 */
export function logWords(
  { checkpoint, witnessed, kinds, ...report }: LogReport,
  earlier: number,
  named: NamedWitness[],
): string[] {
  const { origin, size, root } = checkpoint;
  const held = (Object.keys(kindWords) as LeafKind[])
    .filter((kind) => kinds[kind] > 0)
    .map((kind) => `${count(kinds[kind])} ${kindWords[kind][kinds[kind] === 1 ? 0 : 1]}`);
  const { firstTime, lastTime } = report;
  return [
    `VERIFIED  ${origin}`,
    "",
    `  entries  ${count(size)}${held.length > 0 ? `: ${held.join(", ")}` : ""}`,
    ...(firstTime === null || lastTime === null
      ? []
      : [`  dated    ${utcTime(firstTime)} to ${utcTime(lastTime)}, by the log's own clock`]),
    `  root     ${toBase64(root)}`,
    "",
    "  The log's key signed this size and this root.",
    "  Every entry was read; together they hash to that root, tile by tile.",
    "  The log begins as it must, and its entries follow each other in time.",
    ...(witnessed === null || witnessed.size === size
      ? []
      : [
          `  Of these, the first ${count(witnessed.size)} are what witnesses have confirmed so far:`,
        ]),
    ...witnessWords(witnessed?.cosignatures ?? [], named),
    ...(earlier === 0
      ? []
      : [
          `  Nothing it signed in ${earlier === 1 ? "the earlier checkpoint" : `${count(earlier)} earlier checkpoints`} given has been changed or removed.`,
        ]),
  ];
}

export function receiptWords(receipt: Receipt): string[] {
  const { checkpoint, index, leaf } = receipt;
  return [
    `VERIFIED  entry ${count(index)} of ${checkpoint.origin}`,
    "",
    `  ${leafWords(leaf)}`,
    `  The log dated it ${utcTime(leaf.time)} and signed it as one of its first ${count(checkpoint.size)} entries:`,
    "  it cannot change or remove the entry without contradicting its own signature.",
    ...witnessWords(checkpoint.cosignatures, receipt.named),
    ...datingWords(receipt.dating),
    ...decisionWords(receipt),
    ...subjectWords(receipt),
    ...(receipt.statement === null
      ? []
      : ["", "  The configuration in the receipt is the one the record names, word for word."]),
    "",
    "  This shows what the gateway received, when, and under which texts. It does not show who",
    "  clicked, nor that the log shows the same entries to everybody: witnesses, or a comparison",
    "  with the log itself (--log), do that.",
  ];
}

function leafWords(leaf: Leaf): string {
  switch (leaf.kind) {
    case "consent":
      return "The entry is a visitor's decision.";
    case "config":
      return "The entry is a configuration: banner, texts, services and policy as visitors saw them.";
    case "erasure":
      return `The entry says that the record at ${leaf.origin === null ? "" : `${leaf.origin}, `}entry ${count(leaf.index)} was erased.`;
    case "epoch":
      return "The entry says which log this one continues, and why.";
  }
}

function decisionWords(receipt: Receipt): string[] {
  const facts = decisionFacts(receipt);
  if (facts === null) {
    const sealed = "  The receipt does not open the record, so what was decided stays sealed here.";
    return receipt.leaf.kind === "consent" ? ["", sealed] : [];
  }
  const rows: [string, string | null][] = [
    ["site", facts.origin],
    ["action", facts.action],
    ["decided", facts.time === null ? null : `${utcTime(facts.time)}, by the visitor's clock`],
    ["received", facts.received === null ? null : `${utcTime(facts.received)}, by the gateway's`],
    ["counts until", facts.until === null ? null : utcTime(facts.until)],
    ...choiceRows("purposes", facts.purposes),
    ...choiceRows("services", facts.services),
    ["language", facts.language],
    ["configuration", facts.config],
  ];
  return ["", "  The decision, exactly as the log committed to it:", ...table(rows)];
}

function choiceRows(what: string, choices: Choices): [string, string | null][] {
  const list = (ids: string[]) => (ids.length === 0 ? null : ids.join(", "));
  return [
    [`${what} granted`, list(choices.granted)],
    [`${what} refused`, list(choices.denied)],
    [`${what} not asked`, list(choices["not-asked"])],
  ];
}

function subjectWords(receipt: Receipt): string[] {
  const facts = subjectFacts(receipt);
  if (facts === null) return [];
  const rows: [string, string | null][] = [
    ["consent id", facts.consentId],
    ["page", facts.page],
    ["earlier record", facts.previous],
  ];
  return ["", "  Whose it is, exactly as the log committed to it:", ...table(rows)];
}

function table(rows: [string, string | null][]): string[] {
  return rows
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `    ${name.padEnd(20)} ${value}`);
}
