import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StorageOptions } from "../../../gateway/storage/open.ts";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";
import { sqlite } from "../installation.ts";
import { clinic, minute, type Clinic } from "./installation.ts";

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Lets a gateway work until it has ended so many erasures, and kills it. @returns how many had. */
async function killAfter(options: StorageOptions, wanted: number): Promise<number> {
  const child = fork(join(import.meta.dirname, "eraser.ts"), [JSON.stringify(options)], {
    execArgv: [],
  });
  let erased = 0;
  child.on("message", () => {
    erased += 1;
    if (erased === wanted) child.kill("SIGKILL");
  });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
  return erased;
}

/** The log is whole, and no record stands between erased and not. @returns how many are erased. */
async function expectNothingHalf({ storage, reader }: Clinic): Promise<number> {
  const { main } = storage;
  const entries = await main.read
    .selectFrom("entries")
    .select(["idx", "leaf"])
    .orderBy("idx")
    .execute();
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, i) => i));
  const told = entries.flatMap(({ leaf }): number[] => {
    const { k, i } = JSON.parse(Buffer.from(leaf).toString());
    return k === "erasure" ? [i] : [];
  });
  const waiting = await main.read.selectFrom("tombstones").select("idx").execute();
  const records = await main.read
    .selectFrom("records")
    .innerJoin("record_ids", (join) =>
      join.onRef("record_ids.log", "=", "records.log").onRef("record_ids.idx", "=", "records.idx"),
    )
    .select(["records.idx", "subject", "sealed", "body_hash"])
    .orderBy("records.idx")
    .execute();
  const gone = records.filter(({ subject }) => subject === null);
  for (const { sealed, body_hash } of gone) expect([sealed, body_hash]).toEqual([null, null]);
  const noted = [...told, ...waiting.map(({ idx }) => idx)].toSorted((a, b) => a - b);
  expect(noted).toEqual(gone.map(({ idx }) => idx));
  for (const record of await reader.latest("clinic", { limit: 10_000 }))
    if (record.subject) expect(await reader.open(record)).not.toBeNull();
  const open = await main.read
    .selectFrom("erasures")
    .select("id")
    .where((eb) => eb.or([eb("subject", "is not", null), eb("clean", "=", 0)]))
    .execute();
  expect(open).toEqual([]);
  return gone.length;
}

/** Every key has its records. */
async function expectKeysUsed({ storage }: Clinic): Promise<void> {
  const keys = await storage.keys.read.selectFrom("subject_keys").select("subject").execute();
  const used = await storage.main.read
    .selectFrom("records")
    .select("subject")
    .distinct()
    .where("subject", "is not", null)
    .execute();
  const names = (rows: { subject: Uint8Array | null }[]) =>
    rows.map(({ subject }) => Buffer.from(subject!).toString("hex")).toSorted();
  expect(names(keys)).toEqual(names(used));
}

describe("gateways killed while visitors erase their records", () => {
  it.each([
    ["SQLite", () => sqlite(), [5, 40, 3]],
    [
      "PostgreSQL",
      async () => ({
        engine: "postgres" as const,
        url: await server.database(),
        keysUrl: await server.database(),
      }),
      [5, 40],
    ],
  ])(
    "%s: what was answered is done, what was begun is finished, nothing is half",
    async (_, make, rounds) => {
      const options: StorageOptions = await make();
      const beside = options.engine === "sqlite" ? { ...options, server: false } : options;
      const opened = await clinic({}, beside);
      const { clock, erasures, logged } = opened;
      let answered = 0;
      for (const wanted of rounds) {
        answered += await killAfter(options, wanted);
        // Once right after the start, and once when no append can be under way any more.
        clock.time = Date.now();
        await erasures.runOnce();
        clock.time += 11 * minute;
        await erasures.runOnce();
        expect(await expectNothingHalf(opened)).toBeGreaterThanOrEqual(answered);
      }
      // A key can be made and its record killed; the daily sweep finds it.
      clock.time += 25 * 60 * minute;
      await erasures.runOnce();
      await expectKeysUsed(opened);
      expect(logged).toEqual([]);
    },
  );
});
