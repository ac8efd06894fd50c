/** A log with one opened record in it, and receipts for its entries. */
import { configEntry, consentEntry, firstTime, sampleEntries, type Half } from "./entries.ts";
import { checkpoint, proofFile, signer } from "./note.ts";
import { inclusionPath, leavesOf, treeHash } from "./tree.ts";

export const log = signer("example.com/soglas/2026", 1, "log");
export const otherLog = signer("example.com/soglas/2025", 1, "other log");
export const witness = signer("witness.example/w1", 4, "witness");

/** What the configuration that was shown consists of, as it was logged. */
export const statement = JSON.stringify({ v: 1, site: "clinic", version: "reference" });

const config = configEntry(firstTime, statement);

export const decision: Half = {
  salt: Buffer.alloc(32, 7),
  text: JSON.stringify({
    v: 1,
    action: "first",
    time: firstTime + 60,
    received: firstTime + 61,
    until: firstTime + 61 + 86_400,
    config: (JSON.parse(config.toString()) as { h: string }).h,
    language: "ru",
    purposes: { analytics: "granted", marketing: "denied" },
    services: { "metrika-tag": "granted", ga4: "not-asked" },
    origin: "https://clinic.example",
  }),
};

export const subject: Half = {
  salt: Buffer.alloc(32, 9),
  text: JSON.stringify({ consentId: "9MMDBF83GPSDQJHG", page: "/врачи", previous: null }),
};

/** Where the opened record stands. */
export const recordIndex = 5;

/** A log of `size` entries, more than `recordIndex` of them. */
export function entriesWithRecord(size: number): Buffer[] {
  const entries = sampleEntries(size);
  entries[0] = config;
  const { t } = JSON.parse(entries[recordIndex]!.toString()) as { t: number };
  entries[recordIndex] = consentEntry(t, subject, decision);
  return entries;
}

export function opened({ salt, text }: Half): { salt: string; text: string } {
  return { salt: salt.toString("base64url"), text };
}

export interface ReceiptOptions {
  /** What the extra line holds beside the leaf. */
  extra?: Record<string, unknown>;
  /** Further signature lines of the checkpoint. */
  lines?: string[];
}

/** The receipt of an entry at the size of the whole log. */
export function receiptOf(
  entries: Buffer[],
  index: number,
  { extra, lines }: ReceiptOptions = {},
): string {
  const leaves = leavesOf(entries);
  const leaf = entries[index]!.toString();
  return proofFile({
    extra: Buffer.from(JSON.stringify({ v: 1, leaf, ...extra })),
    index,
    path: inclusionPath(index, leaves),
    checkpoint: checkpoint(log, entries.length, treeHash(leaves), ...(lines ?? [])),
  });
}

export const allOpenings = { decision: opened(decision), subject: opened(subject), statement };
