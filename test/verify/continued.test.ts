/** A log that continues a lost one, as `soglas verify log` tells of it. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyCommand } from "../../gateway/verify/command.ts";
import { configEntry, epochEntry, firstTime, sampleEntries } from "./reference/entries.ts";
import { writeLog, type Files } from "./reference/log.ts";
import { checkpoint, signer } from "./reference/note.ts";
import { leavesOf, treeHash } from "./reference/tree.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-continued-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const old = signer("example.com/soglas/2026", 1, "old");
const fresh = signer("example.com/soglas/2026/e2", 1, "fresh");
const lost = sampleEntries(300);
const noteAt = (size: number, by = old) =>
  checkpoint(by, size, treeHash(leavesOf(lost.slice(0, size))));
const oldAt = (size: number) => put(`old-${size}`, writeLog(lost.slice(0, size), old));

async function put(name: string, files: Files): Promise<string> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, name, path)), { recursive: true });
    await writeFile(join(folder, name, path), bytes);
  }
  return join(folder, name);
}

/** The log that continues another; `previous` is the note its first entry quotes. */
const continuation = (name: string, previous: string, reason = "restored", ...more: Buffer[]) =>
  put(
    name,
    writeLog(
      [epochEntry(firstTime, previous, reason), ...more, configEntry(firstTime, "statement")],
      fresh,
    ),
  );

async function verify(...args: string[]): Promise<{ status: number; said: string }> {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const status = await verifyCommand(["log", ...args], { out: say, err: say, fetch });
  return { status, said: said.join("\n") };
}

const key = ["--key", fresh.verifierKey];
const previousKey = ["--previous-key", old.verifierKey];

describe("soglas verify log of a log that continues another", () => {
  it("says what is claimed, and that nothing of it was checked", async () => {
    const { status, said } = await verify(await continuation("plain", noteAt(300)), ...key);
    expect(status).toBe(0);
    expect(said).toContain("This log continues example.com/soglas/2026");
    expect(said).toContain("ended at  300 entries");
    expect(said).toContain("reason    restored");
    expect(said).toContain("Nothing of that log was checked");
  });

  it("checks the signature of what is quoted", async () => {
    const honest = await continuation("honest", noteAt(300));
    const { status, said } = await verify(honest, ...key, ...previousKey);
    expect([status, said]).toEqual([0, expect.stringContaining("own key signed the size")]);
    const forged = await continuation("forged", noteAt(300, signer(old.name, 1, "forger")));
    expect(await verify(forged, ...key, ...previousKey)).toMatchObject({ status: 1 });
  });

  it("says how much of the old log is left", async () => {
    const log = [await continuation("left", noteAt(300)), ...key, ...previousKey, "--previous"];
    const short = await verify(...log, await oldAt(257));
    expect([short.status, short.said]).toEqual([
      0,
      expect.stringMatching(/Of its 300 entries, 257 are left.*The others are missing/s),
    ]);
    const whole = await verify(...log, await oldAt(300));
    expect([whole.status, whole.said]).toEqual([0, expect.stringContaining("there in full")]);
  });

  it("fails where the old log was signed further, or otherwise, than is claimed", async () => {
    const log = [await continuation("early", noteAt(200)), ...key, ...previousKey, "--previous"];
    const further = await verify(...log, await oldAt(257));
    expect([further.status, further.said]).toEqual([1, expect.stringContaining("wrong_epoch")]);
    const other = await put("other", writeLog(sampleEntries(200, "other"), old));
    expect((await verify(...log, other)).said).toContain("split_view");
  });

  it("takes a reason in any language, spelled in ASCII", async () => {
    const reason = "диск сгорел 3 мая";
    const entry = epochEntry(firstTime, noteAt(300), reason);
    const ascii = entry
      .toString()
      .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const config = configEntry(firstTime, "statement");
    const log = await put("russian", writeLog([Buffer.from(ascii), config], fresh));
    expect(await verify(log, ...key)).toMatchObject({
      status: 0,
      said: expect.stringContaining(reason),
    });
    const raw = await put("raw", writeLog([entry, config], fresh));
    expect((await verify(raw, ...key)).said).toContain("bad_leaf");
  });

  it("refuses a first entry that quotes no checkpoint of another log, or no reason to show", async () => {
    for (const [name, previous, reason] of [
      ["no-note", "restored", "why"],
      ["itself", checkpoint(fresh, 300, treeHash(leavesOf([]))), "why"],
      ["control", noteAt(300), "a\u001b[2Jb"],
    ] as const)
      expect((await verify(await continuation(name, previous, reason), ...key)).said).toContain(
        "bad_leaf",
      );
    const erasure = Buffer.from(`{"v":1,"k":"erasure","t":${firstTime},"o":"x","i":1}`);
    const late = await continuation("late", noteAt(300), "why", erasure);
    expect((await verify(late, ...key)).said).toContain("wrong_first_leaf");
  });

  it("does not take one log's key for the other's", async () => {
    const log = await continuation("keys", noteAt(300));
    expect(await verify(log, ...key, "--previous", await oldAt(300))).toMatchObject({ status: 2 });
    const swapped = await verify(log, ...key, "--previous-key", fresh.verifierKey);
    expect(swapped.status).toBe(1);
  });
});

describe("soglas verify log of a log that was dropped", () => {
  it("could not check it, and says why", async () => {
    const files = writeLog(lost, old);
    const description = JSON.parse(files.get("log.json")!.toString());
    const dropped = {
      ...description,
      dropped: { at: 1_900_000_000, reason: "past its retention" },
    };
    const left = new Map([
      ["checkpoint", files.get("checkpoint")!],
      ["log.json", Buffer.from(JSON.stringify(dropped))],
    ]);
    const { status, said } = await verify(await put("dropped", left), "--key", old.verifierKey);
    expect([status, said]).toEqual([2, expect.stringContaining("past its retention")]);
    left.set("log.json", files.get("log.json")!);
    const silent = await verify(await put("silent", left), "--key", old.verifierKey);
    expect([silent.status, silent.said]).toEqual([1, expect.stringContaining("missing_tile")]);
  });
});
