import { describe, expect, it } from "vitest";
import { outcome } from "./check.ts";
import { checkpointOf, verify, withFile } from "./logs.ts";
import {
  configEntry,
  consentEntry,
  epochEntry,
  erasureEntry,
  firstTime,
  sampleEntries,
} from "./reference/entries.ts";
import { writeLog } from "./reference/log.ts";
import { checkpoint, signer } from "./reference/note.ts";
import { decision, log, otherLog, subject } from "./reference/receipt.ts";
import { bundles, tiles } from "./reference/tiles.ts";
import { leavesOf, slice, treeHash } from "./reference/tree.ts";

const many = sampleEntries(65_536 + 300);
const manyLeaves = leavesOf(many);
const sizes = [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537];
const signed = sizes.map((size) => ({
  origin: log.name,
  size,
  root: Uint8Array.from(treeHash(slice(manyLeaves, 0, size))),
}));

describe("a whole log", () => {
  it.each(signed)(
    "of $size entries verifies, and extends what it signed at the sizes around tile edges",
    async ({ size, root }) => {
      const earlier = signed.filter((each) => each.size <= size);
      const report = await verify(writeLog(many.slice(0, size), log), earlier);
      expect(report.checkpoint).toMatchObject({ size, root });
      const erasures = Math.floor(size / 1000);
      expect(report.kinds).toEqual({
        config: Math.min(size, 1),
        consent: Math.max(0, size - 1 - erasures),
        erasure: erasures,
        epoch: 0,
      });
      expect(report.firstTime).toBe(size === 0 ? null : firstTime);
    },
    60_000,
  );

  it("may have dropped partial tiles whose full ones it has", async () => {
    const files = writeLog(many.slice(0, 600), log);
    const grown = writeLog(many.slice(0, 800), log);
    const kept = ["checkpoint", "tile/1/000.p/2"].map((path) => [path, files.get(path)!] as const);
    expect(grown.has("tile/0/002.p/88")).toBe(false);
    expect((await verify(new Map([...grown, ...kept]))).checkpoint.size).toBe(600);
  });

  it.each([0, 300])("of %i entries does not pass for one with another root", async (size) => {
    const files = writeLog(many.slice(0, size), log);
    const other = checkpoint(log, size, Buffer.alloc(32, 1));
    expect(await outcome(() => verify(withFile(files, "checkpoint", other)))).toBe("wrong_root");
  });
});

describe("a log that contradicts what it signed before", () => {
  const entries = many.slice(0, 700);
  const rewritten = entries.with(400, many[1000]!);
  const files = writeLog(entries, log);

  it.each([401, 512, 600, 699, 700])("changed an entry signed at size %i", async (size) => {
    const signed = await checkpointOf(writeLog(rewritten.slice(0, size), log));
    expect(await outcome(() => verify(files, [signed]))).toBe("split_view");
  });

  it("is not blamed for what came after the earlier checkpoint", async () => {
    const signed = await checkpointOf(writeLog(rewritten.slice(0, 400), log));
    expect(await outcome(() => verify(files, [signed]))).toBe("verified");
  });

  it("lost entries", async () => {
    const signed = await checkpointOf(writeLog(many.slice(0, 701), log));
    expect(await outcome(() => verify(files, [signed]))).toBe("rollback");
  });

  it("had entries when it says it is empty", async () => {
    const signed = await checkpointOf(files);
    expect(await outcome(() => verify(writeLog([], log), [signed]))).toBe("rollback");
  });

  it("is not compared with another log", async () => {
    const foreign = { ...(await checkpointOf(files)), origin: otherLog.name };
    expect(await outcome(() => verify(files, [foreign]))).toBe("wrong_origin");
  });
});

describe("the files of a log", () => {
  const entries = many;
  const files = writeLog(entries, log);
  const swap = (a: string, b: string) =>
    withFile(withFile(files, a, files.get(b)!), b, files.get(a)!);

  it.each([
    ["checkpoint", "bad_note"],
    ["tile/0/000", "missing_tile"],
    ["tile/0/257.p/44", "missing_tile"],
    ["tile/1/000", "missing_tile"],
    ["tile/1/001.p/1", "missing_tile"],
    ["tile/2/000.p/1", "missing_tile"],
    ["tile/entries/000", "missing_bundle"],
    ["tile/entries/257.p/44", "missing_bundle"],
  ])("without %s do not verify", async (path, code) => {
    expect(files.has(path)).toBe(true);
    expect(await outcome(() => verify(withFile(files, path, null)))).toBe(code);
  });

  it.each([
    ["tile/0/001", "bad_tile"],
    ["tile/1/000", "bad_tile"],
    ["tile/1/001.p/1", "bad_tile"],
    ["tile/entries/001", "bad_bundle"],
    ["tile/entries/257.p/44", "bad_bundle"],
  ])("with %s longer or shorter do not verify", async (path, code) => {
    const bytes = files.get(path)!;
    for (const changed of [
      bytes.subarray(0, -1),
      bytes.subarray(0, 0),
      Buffer.concat([bytes, Buffer.of(0)]),
      Buffer.concat([bytes, bytes]),
    ])
      expect(await outcome(() => verify(withFile(files, path, changed)))).toBe(code);
  });

  it("with two tiles exchanged do not verify", async () => {
    expect(await outcome(() => verify(swap("tile/0/001", "tile/0/002")))).toBe("wrong_leaf_hash");
  });

  it("with two bundles exchanged do not verify", async () => {
    const swapped = swap("tile/entries/001", "tile/entries/002");
    expect(await outcome(() => verify(swapped))).toBe("wrong_leaf_hash");
  });

  it("with tiles and bundles exchanged alike do not verify", async () => {
    const other = writeLog(entries.with(6, entries[7]!).with(7, entries[6]!), log);
    const served = withFile(other, "checkpoint", files.get("checkpoint")!);
    expect(await outcome(() => verify(served))).toBe("wrong_root");
  });

  it("with a tile above the leaves of another log do not verify", async () => {
    const other = new Map(tiles(leavesOf(entries.with(5, entries[7]!))));
    for (const path of ["tile/1/000", "tile/2/000.p/1"])
      expect(await outcome(() => verify(withFile(files, path, other.get(path)!)))).toBe(
        "wrong_tile",
      );
  });
});

describe("the entries of a log", () => {
  const config = configEntry(firstTime, "statement");
  const consent = (time: number) => consentEntry(time, subject, decision);
  const verdict = (...entries: Buffer[]) => outcome(() => verify(writeLog(entries, log)));
  const other = signer("example.com/soglas/2025", 1, "previous");
  const previous = checkpoint(other, 0, treeHash(leavesOf([])));

  it("begin with a configuration or with the continuation of another log", async () => {
    expect(await verdict(config)).toBe("verified");
    expect(await verdict(epochEntry(firstTime, previous, "restored"), config)).toBe("verified");
    expect(await verdict(consent(firstTime))).toBe("wrong_first_leaf");
    expect(await verdict(erasureEntry(firstTime, 0))).toBe("wrong_first_leaf");
  });

  it("continue another log at the beginning only", async () => {
    expect(await verdict(config, epochEntry(firstTime, previous, "again"))).toBe("wrong_order");
  });

  it("never go back in time", async () => {
    expect(await verdict(config, consent(firstTime), consent(firstTime))).toBe("verified");
    expect(await verdict(config, consent(firstTime - 1))).toBe("wrong_order");
  });

  it("erase earlier records only", async () => {
    const erasing = (index: number) =>
      verdict(config, consent(firstTime), erasureEntry(firstTime, index), consent(firstTime));
    expect(await erasing(1)).toBe("verified");
    expect(await erasing(0)).toBe("wrong_order");
    expect(await erasing(2)).toBe("wrong_order");
    expect(await erasing(3)).toBe("wrong_order");
  });

  it.each([
    ["with a space", '{"v":1, "k":"config"'],
    ["with fields in another order", '{"k":"config","v":1'],
    ["of another version", '{"v":2,"k":"config"'],
    ["of an unknown kind", '{"v":1,"k":"note"'],
  ])("are not leaves %s", async (_, head) => {
    const changed = config.toString().replace('{"v":1,"k":"config"', head);
    expect(await verdict(Buffer.from(changed))).toBe("bad_leaf");
  });

  it("are not just any text", async () => {
    for (const text of ["", "null", "[]", "{", '"config"', "[".repeat(50_000)])
      expect(await verdict(Buffer.from(text))).toBe("bad_leaf");
  });

  it("are ASCII, say everything once and nothing besides", async () => {
    const text = config.toString();
    const altered = [
      text.replace("}", ',"x":1}'),
      text.replace('"t"', '"t":1,"t"'),
      text.replace(/"h":"./, '"h":"é'),
      text.replace(/"t":\d+/, '"t":1e9'),
      text.replace(/"t":\d+/, '"t":-5'),
      text.replace(/.{3}"}$/, '"}'),
      text.replace("config", "conf\\u0069g"),
      `${text}\n`,
    ];
    for (const each of altered) {
      expect(each).not.toBe(text);
      expect(await verdict(Buffer.from(each))).toBe("bad_leaf");
    }
  });

  it("are counted by their bundles", async () => {
    const entries = [config, consent(firstTime)];
    const files = writeLog(entries, log);
    const [[path]] = [...bundles(entries)] as [[string, Buffer]];
    const [[, three]] = [...bundles([...entries, consent(firstTime)])] as [[string, Buffer]];
    expect(await outcome(() => verify(withFile(files, path, three)))).toBe("bad_bundle");
  });
});
