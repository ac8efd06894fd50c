import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyCommand } from "../../gateway/verify/command.ts";
import { writeLog, type Files } from "./reference/log.ts";
import { checkpointText, cosignatureLine } from "./reference/note.ts";
import {
  allOpenings,
  entriesWithRecord,
  log,
  otherLog,
  receiptOf,
  recordIndex,
  witness,
} from "./reference/receipt.ts";
import { leavesOf, treeHash } from "./reference/tree.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-verify-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function putLog(name: string, files: Files): Promise<string> {
  await rm(join(folder, name), { recursive: true, force: true });
  for (const [path, bytes] of files) await put(join(name, path), bytes);
  return join(folder, name);
}

/** Runs the command; everything it says is one text. */
async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const said = { out: [] as string[], err: [] as string[] };
  const status = await verifyCommand(args, {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    fetch,
  });
  return { status, out: said.out.join("\n"), err: said.err.join("\n") };
}

const key = ["--key", log.verifierKey];
const entries = entriesWithRecord(300);
const cosigned = (size: number) => {
  const root = treeHash(leavesOf(entries.slice(0, size)));
  return cosignatureLine(checkpointText(log.name, size, root), witness, 1_770_000_000);
};

describe("soglas verify log", () => {
  it("says what was verified", async () => {
    const path = await putLog("log", writeLog(entries, log));
    const { status, out, err } = await run("log", path, ...key);
    expect([status, err]).toEqual([0, ""]);
    expect(out).toContain("VERIFIED  example.com/soglas/2026");
    expect(out).toContain("300: 299 decisions, 1 configuration");
    expect(out).toContain("2026-01-01 00:00:00 UTC");
  });

  it("takes nothing back for a description that is out of reach: it proves nothing", async () => {
    const files = writeLog(entries, log);
    files.delete("log.json");
    const path = await putLog("mute", files);
    await mkdir(join(path, "log.json"));
    expect(await run("log", path, ...key)).toMatchObject({ status: 0, err: "" });
  });

  it("says what is wrong", async () => {
    const files = writeLog(entries, log);
    files.get("tile/entries/000")![100]! ^= 1;
    const { status, out, err } = await run("log", await putLog("bad", files), ...key);
    expect([status, out]).toEqual([1, ""]);
    expect(err).toContain("NOT VERIFIED");
    expect(err).toContain("wrong_leaf_hash");
  });

  it("does not take the key from the log unless it is told to", async () => {
    const path = await putLog("log", writeLog(entries, log));
    expect((await run("log", path)).status).toBe(2);
    expect((await run("log", path, "--key", otherLog.verifierKey)).status).toBe(1);
    const { status, err } = await run("log", path, "--trust-served-key");
    expect(status).toBe(0);
    expect(err).toContain(log.verifierKey);
    expect(err).toContain("agrees with itself");
  });

  it("reads a log at an address like one in a folder", async () => {
    const files = writeLog(entries, log);
    const server = createServer((request, response) => {
      const bytes = files.get(request.url!.slice("/log/".length));
      if (request.headers.authorization !== "Bearer secret") response.writeHead(401).end();
      else if (bytes === undefined) response.writeHead(404).end();
      else response.end(bytes);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log/`;
    const accessKey = await put("access-key", "secret\n");
    expect((await run("log", url, ...key, "--access-key", accessKey)).status).toBe(0);
    const { status, err } = await run("log", url, ...key);
    expect([status, err]).toEqual([2, expect.stringContaining("auditors only")]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("wants the cosignature of a witness it is given", async () => {
    const plain = await putLog("log", writeLog(entries, log));
    const witnessed = await putLog("witnessed", writeLog(entries, log, cosigned(300)));
    const keys = [...key, "--witness", witness.verifierKey];
    expect((await run("log", plain, ...keys)).err).toContain("missing_cosignature");
    const { status, out } = await run("log", witnessed, ...keys);
    expect(status).toBe(0);
    expect(out).toContain("Witness witness.example/w1 saw the same log at 2026-02-02 02:40:00 UTC");
  });
});

describe("the state file of soglas verify log", () => {
  const logOf = (size: number, other = entries) => writeLog(other.slice(0, size), log);

  it("lets a log grow, and catches it when it forgets or rewrites", async () => {
    const state = join(folder, "state.json");
    const at = async (files: Files) =>
      run("log", await putLog("changing", files), ...key, "--state", state);

    expect((await at(logOf(100))).status).toBe(0);
    expect((await at(logOf(300))).out).toContain("Nothing it signed in the earlier checkpoint");
    const kept = await readFile(state, "utf8");
    expect(JSON.parse(kept)).toMatchObject({ v: 1, origin: log.name, size: 300 });

    expect((await at(logOf(200))).err).toContain("rollback");
    const rewritten = entries.with(7, entries[8]!);
    expect((await at(logOf(300, rewritten))).err).toContain("split_view");
    const longer = [...rewritten, ...rewritten.slice(-1)];
    expect((await at(logOf(301, longer))).err).toContain("split_view");
    expect(await readFile(state, "utf8")).toBe(kept);
    const beside = (await readdir(folder)).filter((name) => name.startsWith("state.json"));
    expect(beside).toEqual(["state.json"]);
  });

  it.each([
    ["damaged", (text: string) => text.slice(0, -10)],
    ["empty", () => ""],
    ["contradicting itself", (text: string) => text.replace('"size": 300', '"size": 30')],
    ["forged", (text: string) => text.replaceAll("300", "3")],
    ["of another log", (text: string) => text.replaceAll(log.name, otherLog.name)],
  ])("is not forgotten because it is %s", async (_, change) => {
    const path = await putLog("log", logOf(300));
    const state = join(folder, "damaged.json");
    await rm(state, { force: true });
    await run("log", path, ...key, "--state", state);
    const damaged = change(await readFile(state, "utf8"));
    await writeFile(state, damaged);
    const { status, err } = await run("log", path, ...key, "--state", state);
    expect([status, err]).toEqual([2, expect.stringContaining("bad_state")]);
    expect(await readFile(state, "utf8")).toBe(damaged);
  });

  it("that cannot be written is an error, not a success", async () => {
    const path = await putLog("log", logOf(300));
    const state = join(folder, "nowhere", "state.json");
    expect((await run("log", path, ...key, "--state", state)).status).toBe(2);
  });

  it("is joined by checkpoints and receipts from elsewhere", async () => {
    const path = await putLog("log", logOf(300));
    const rewritten = entries.with(7, entries[8]!);
    const receipt = await put("elsewhere.tlog-proof", receiptOf(rewritten, recordIndex));
    const checkpoint = await put("elsewhere", logOf(200).get("checkpoint")!);
    expect((await run("log", path, ...key, "--checkpoint", checkpoint)).status).toBe(0);
    const both = ["--checkpoint", checkpoint, "--checkpoint", receipt];
    expect((await run("log", path, ...key, ...both)).err).toContain("split_view");
  });
});

describe("soglas verify receipt", () => {
  it("says in plain words what was proven", async () => {
    const extra = allOpenings;
    const path = await put("r", receiptOf(entries, recordIndex, { extra, lines: [cosigned(300)] }));
    const { status, out } = await run("receipt", path, ...key, "--witness", witness.verifierKey);
    expect(status).toBe(0);
    for (const words of [
      "VERIFIED  entry 5 of example.com/soglas/2026",
      "one of its first 300 entries",
      "Witness witness.example/w1",
      "purposes granted     analytics",
      "purposes refused     marketing",
      "services not asked   ga4",
      "consent id           9MMD-BF83-GPSD-QJHG",
      "page                 /врачи",
      "It does not show who",
    ])
      expect(out).toContain(words);
  });

  it("says when the record stays sealed", async () => {
    const path = await put("sealed", receiptOf(entries, recordIndex));
    const { status, out } = await run("receipt", path, ...key);
    expect(status).toBe(0);
    expect(out).toContain("stays sealed");
    expect(out).not.toContain("analytics");
  });

  it("compares it with the log when asked", async () => {
    const short = entries.slice(0, 200);
    const path = await put("short", receiptOf(short, recordIndex, { extra: allOpenings }));
    const good = await putLog("log", writeLog(entries, log));
    const { status, out } = await run("receipt", path, ...key, "--log", good);
    expect(status).toBe(0);
    expect(out).toContain("now at 300 entries, still holds what the receipt shows");
    const rewritten = await putLog("bad", writeLog(entries.with(7, entries[8]!), log));
    expect((await run("receipt", path, ...key, "--log", rewritten)).err).toContain("inconsistent");
    const served = await run("receipt", path, "--trust-served-key", "--log", good);
    expect([served.status, served.err]).toEqual([0, expect.stringContaining(log.verifierKey)]);
  });

  it("fails on a changed one", async () => {
    const path = await put(
      "changed",
      receiptOf(entries, recordIndex).replace("index 5", "index 4"),
    );
    const { status, err } = await run("receipt", path, ...key);
    expect([status, err]).toEqual([1, expect.stringContaining("not_included")]);
  });
});

describe("soglas verify", () => {
  it.each([
    [[]],
    [["log"]],
    [["receipt", "a", "b", ...key]],
    [["export", "file"]],
    [["export", "file", ...key, "--log", "."]],
    [["receipt", "file", ...key, ...key]],
    [["log", ".", ...key, "--trust-served-key"]],
    [["receipt", "file", "--trust-served-key"]],
    [["receipt", "file", ...key, "--state", "s"]],
    [["log", ".", ...key, "--log", "."]],
    [["log", ".", ...key, "--strict"]],
    [["log", "http://[", ...key]],
  ])("explains its use for %j", async (args) => {
    const { status, out, err } = await run(...args);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toContain("Usage:");
  });

  it.each([
    [["receipt", "/nonexistent/receipt", ...key], "unreachable"],
    [["export", "/nonexistent/export", ...key], "unreachable"],
    [["log", "/nonexistent/log", ...key], "unreachable"],
    [["log", tmpdir(), "--key", "not a key"], "bad_key"],
    [["log", tmpdir(), ...key, "--witness", log.verifierKey], "bad_key"],
  ])("could not check %j", async (args, code) => {
    const { status, err } = await run(...args);
    expect([status, err]).toEqual([2, expect.stringContaining(code)]);
  });
});
