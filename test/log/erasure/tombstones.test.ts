import { describe, expect, it } from "vitest";
import { parseLeaf } from "../../../gateway/verify/leaf.ts";
import { decision } from "../load.ts";
import { at, clinic, day, granted, leaves, type Clinic } from "./installation.ts";

/** The `erasure` leaves, as what they name. */
async function told(opened: Clinic): Promise<{ i: number; o?: string }[]> {
  const all = await leaves(opened);
  const read = all.map((leaf) => JSON.parse(leaf));
  // Each in the one spelling that the independent verifier takes.
  expect(all.map((leaf) => parseLeaf(leaf).kind)).toEqual(read.map(({ k }) => k));
  return read.filter(({ k }) => k === "erasure");
}

async function erase(opened: Clinic, visitors: number): Promise<void> {
  for (let i = 0; i < visitors; i++) {
    const { name } = await granted(opened);
    await opened.erasures.erase(name, "visitor");
  }
}

describe("erasure entries", () => {
  it("wait for ten visitors, then name every erased index once, shuffled", async () => {
    // Always the first of those left: a known order, and not the one they came in.
    const opened = await clinic({ random: () => 0 });
    await erase(opened, 9);
    await opened.erasures.runOnce();
    expect(await told(opened)).toEqual([]);
    await erase(opened, 1);
    await opened.erasures.runOnce();
    const indexes = (await told(opened)).map(({ i }) => i);
    // Each visitor's grant, and the withdrawal logged for them.
    const erased = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(indexes.toSorted((a, b) => a - b)).toEqual(erased);
    expect(indexes).not.toEqual(erased);
    expect(indexes).toEqual([...erased.slice(1), erased[0]]);
    await opened.erasures.runOnce();
    expect(await told(opened)).toHaveLength(20);
  });

  it("of few visitors wait fourteen days", async () => {
    const opened = await clinic();
    await erase(opened, 1);
    opened.clock.time += 14 * day - 1;
    await opened.erasures.runOnce();
    expect(await told(opened)).toEqual([]);
    opened.clock.time += 1;
    await opened.erasures.runOnce();
    expect((await told(opened)).map(({ i }) => i).toSorted()).toEqual([1, 2]);
  });

  it("are one leaf each, in the log's order of times", async () => {
    const opened = await clinic();
    await erase(opened, 10);
    await opened.erasures.runOnce();
    const last = (await leaves(opened)).at(-1)!;
    expect(last).toMatch(/^\{"v":1,"k":"erasure","t":\d+,"i":\d+\}$/);
    const rows = await opened.storage.main.read
      .selectFrom("entries")
      .select("idx")
      .orderBy("idx")
      .execute();
    expect(rows.map(({ idx }) => idx)).toEqual(rows.map((_, i) => i));
  });

  it("name the log of a record that stands in an earlier year's", async () => {
    const opened = await clinic();
    const { log, clock, erasures } = opened;
    const { name, secret } = await granted(opened);
    clock.time = Date.UTC(2027, 0, 2);
    await log.append(decision({ secret, counter: 2 }, at(clock)));
    await erasures.erase(name, "visitor");
    clock.time += 14 * day;
    await erasures.runOnce();
    const named = (await told(opened)).map(({ i, o }) => `${o ?? "here"} ${i}`);
    expect(named.toSorted()).toEqual(["here 1", "here 2", "log.example/clinic/2026 1"]);
  });

  it("that were begun and interrupted are finished, and nothing is told twice", async () => {
    const opened = await clinic();
    const { storage, erasures } = opened;
    await erase(opened, 10);
    await storage.main.transaction((trx) =>
      trx.deleteFrom("tombstones").where("idx", "<=", 10).execute(),
    );
    await erasures.runOnce();
    expect((await told(opened)).map(({ i }) => i).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, i) => i + 11),
    );
  });
});
