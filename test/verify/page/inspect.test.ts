import { describe, expect, it } from "vitest";
import { VerifyError } from "../../../gateway/verify/errors.ts";
import type { LogFiles } from "../../../gateway/verify/log-files.ts";
import { inspect, isSite, logPath, servedKey } from "../../../gateway/verify/page/inspect.ts";
import { webPrimitives } from "../../../gateway/verify/primitives.ts";
import { outcome } from "../check.ts";
import { memoryFiles, writeLog } from "../reference/log.ts";
import {
  allOpenings,
  entriesWithRecord,
  log,
  otherLog,
  receiptOf,
  recordIndex,
  witness,
} from "../reference/receipt.ts";

const primitives = webPrimitives(crypto.subtle);
const entries = entriesWithRecord(300);
const text = receiptOf(entries.slice(0, 200), recordIndex, { extra: allOpenings });
const key = log.verifierKey;

const look = (submission: Partial<Parameters<typeof inspect>[0]>) =>
  inspect({ text, key, witnesses: [], log: null, ...submission }, primitives);

describe("what is put on the page", () => {
  it("is nothing at first", async () => {
    expect(await look({ text: " \n" })).toEqual({ kind: "nothing" });
  });

  it("needs a key, and says of which log", async () => {
    expect(await look({ key: " " })).toEqual({ kind: "needs-key", origin: log.name });
  });

  it("is verified, also when copying lost its last line end", async () => {
    for (const copied of [text, text.trimEnd(), `\n ${text}\n\n`]) {
      const found = await look({ text: copied, key: ` ${key}\n` });
      expect(found).toMatchObject({
        kind: "verified",
        receipt: { index: recordIndex, decision: allOpenings.decision.text },
        comparison: { kind: "unavailable" },
      });
    }
  });

  it.each([
    ["a changed receipt", { text: text.replace("index 5", "index 4") }, "failed", "not_included"],
    ["half a receipt", { text: text.slice(0, 400) }, "failed", "bad_proof"],
    ["any text", { text: "hello" }, "failed", "bad_proof"],
    ["any text without a key", { text: "hello", key: "" }, "failed", "bad_proof"],
    ["another log's key", { key: otherLog.verifierKey }, "failed", "unsigned"],
    ["no real key", { key: "key" }, "unchecked", "bad_key"],
    ["a silent witness", { witnesses: [witness.verifierKey] }, "failed", "missing_cosignature"],
  ])("may be %s", async (_, submission, kind, code) => {
    expect(await look(submission)).toMatchObject({ kind, error: { code } });
  });
});

describe("a receipt beside the log as served now", () => {
  const served = (of: Buffer[], signer = log) => memoryFiles(writeLog(of, signer));

  it("is still held by it", async () => {
    const comparison = { kind: "extends", size: 300 };
    expect(await look({ log: served(entries) })).toMatchObject({ kind: "verified", comparison });
  });

  it("convicts it of a rewritten or shortened history", async () => {
    const rewritten = served(entries.with(7, entries[8]!));
    const failed = (code: string) => ({ kind: "failed", error: { code } });
    expect(await look({ log: rewritten })).toMatchObject(failed("inconsistent"));
    expect(await look({ log: served(entries.slice(0, 100)) })).toMatchObject(failed("rollback"));
  });

  it("is not blamed for what cannot be read, or is another log's", async () => {
    const closed: LogFiles = {
      read: () => Promise.reject(new VerifyError("unreachable", "for auditors")),
    };
    for (const log of [closed, served(entries, otherLog), memoryFiles(new Map())])
      expect(await look({ log })).toMatchObject({
        kind: "verified",
        comparison: { kind: "unavailable" },
      });
  });
});

describe("the address of a log", () => {
  it("follows from the site and from the year of the origin", () => {
    expect(logPath("clinic", "example.com/soglas/2026")).toBe("log/clinic/2026");
    expect(logPath("clinic", "example.com/soglas/2026/e2")).toBe("log/clinic/2026/e2");
    for (const origin of ["", "2026", "example.com/soglas", "example.com/20266", "a/2026/../x"])
      expect(logPath("clinic", origin)).toBeNull();
  });

  it("takes nothing for a site that is none", () => {
    expect(isSite("clinic-eu")).toBe(true);
    for (const site of ["", "../clinic", "Clinic", "a/b", "a?b", "-a", "a".repeat(33)])
      expect([isSite(site), logPath(site, "example.com/2026")]).toEqual([false, null]);
  });

  it("names its key, if it is the receipt's log", async () => {
    const files = memoryFiles(writeLog(entries, log));
    expect(await servedKey(files, log.name)).toBe(log.verifierKey);
    expect(await outcome(() => servedKey(files, otherLog.name))).toBe("wrong_origin");
    expect(await outcome(() => servedKey(memoryFiles(new Map()), log.name))).toBe(
      "bad_description",
    );
  });
});
