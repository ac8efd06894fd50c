import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBacklog } from "../../gateway/log/backlog.ts";
import { checkLogs, type LogCondition } from "../../gateway/log/fsck/fsck.ts";
import { createIntegrator } from "../../gateway/log/integrator.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import type { Storage } from "../../gateway/storage/storage.ts";
import { clinic, decision, testClock } from "./installation.ts";
import { secret } from "./load.ts";

async function conditions(storage: Storage): Promise<LogCondition[]> {
  const found: LogCondition[] = [];
  await checkLogs({ storage, guard: null, adopt: false }, (condition) => found.push(condition));
  return found;
}

const problemOf = async (storage: Storage) => (await conditions(storage))[0]!.problem?.code ?? null;

/** A clinic's log that was signed at these sizes. */
async function signedAt(...sizes: number[]) {
  const { storage, log } = await clinic();
  const integrator = createIntegrator({
    storage,
    secret,
    clock: testClock(),
    backlog: createBacklog(),
    logger: jsonLogger("error"),
    publish: () => {},
  });
  let size = 1;
  for (const each of sizes) {
    await Promise.all(Array.from({ length: each - size }, () => log.append(decision())));
    size = each;
    await integrator.integrate();
  }
  return { storage, log, integrator };
}

describe("a log's condition", () => {
  it("is whole when everything was stored as it was signed", async () => {
    const { storage, log } = await signedAt(1, 2, 255, 256, 257, 700);
    await log.append(decision());
    expect(await conditions(storage)).toEqual([
      {
        origin: "log.example/clinic/2026",
        entries: 701,
        signed: 700,
        checkpoints: 6,
        end: null,
        problem: null,
      },
    ]);
  });

  it("is whole before anything was signed", async () => {
    const { storage } = await clinic();
    expect(await conditions(storage)).toEqual([
      {
        origin: "log.example/clinic/2026",
        entries: 1,
        signed: 0,
        checkpoints: 0,
        end: null,
        problem: null,
      },
    ]);
  });

  it("shows every flipped bit of entries, tiles, checkpoints and what was decided", async () => {
    const { storage } = await signedAt(100, 300);
    const columns = [
      ["entries", "leaf", "idx"],
      ["tiles", "hashes", "idx"],
      ["checkpoints", "root", "size"],
      ["checkpoints", "signature", "size"],
      ["records", "head", "idx"],
      ["records", "decision_salt", "idx"],
      ["decision_tails", "tail", "hash"],
      ["configs", "statement", "hash"],
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...columns),
        fc.nat(),
        fc.nat(),
        async (column, row, bit) => {
          const [table, field, key] = column;
          const db = storage.main.read;
          const rows = (await db.selectFrom(table).selectAll().orderBy(key).execute()) as Record<
            string,
            unknown
          >[];
          const found = rows[row % rows.length]!;
          const before = Buffer.from(found[field] as Uint8Array);
          const after = Buffer.from(before);
          const at = bit % (before.length * 8);
          after[Math.floor(at / 8)]! ^= 1 << (at % 8);
          const set = (value: Buffer) =>
            storage.main.transaction((trx) => {
              let update = trx.updateTable(table).set({ [field]: value } as object);
              for (const name of ["idx", "size", "level", "hash"])
                if (name in found) update = update.where(name as never, "=", found[name] as never);
              return update.execute();
            });
          await set(after);
          const problem = await problemOf(storage);
          await set(before);
          expect(problem).not.toBeNull();
        },
      ),
      { numRuns: 80 },
    );
    expect(await problemOf(storage)).toBeNull();
  });

  const losses: [string, (storage: Storage) => Promise<unknown>, string][] = [
    [
      "an entry that was signed",
      ({ main }) =>
        main.transaction((trx) => trx.deleteFrom("entries").where("idx", "=", 7).execute()),
      "missing_entry",
    ],
    [
      "an entry that was not signed yet",
      ({ main }) =>
        main.transaction((trx) => trx.deleteFrom("entries").where("idx", "=", 305).execute()),
      "missing_entry",
    ],
    [
      "a tile",
      ({ main }) =>
        main.transaction((trx) => trx.deleteFrom("tiles").where("level", "=", 1).execute()),
      "missing_tile",
    ],
    [
      "the newest checkpoint",
      ({ main }) =>
        main.transaction((trx) => trx.deleteFrom("checkpoints").where("size", "=", 300).execute()),
      "wrong_root",
    ],
  ];
  it.each(losses)("shows the loss of %s", async (_, lose, problem) => {
    const { storage, log } = await signedAt(100, 300);
    await Promise.all(Array.from({ length: 10 }, () => log.append(decision())));
    await lose(storage);
    expect(await problemOf(storage)).toBe(problem);
  });

  it("shows the loss of records, of their ids and of configurations", async () => {
    const { storage, log } = await signedAt(20);
    await log.append(decision());
    const { main } = storage;
    const places = [
      ["records", 7],
      // Not signed yet.
      ["records", 20],
      // It would be taken a second time.
      ["record_ids", 7],
      ["configs", 0],
    ] as const;
    for (const [table, idx] of places) {
      const row = await main.read
        .selectFrom(table)
        .selectAll()
        .where("idx", "=", idx)
        .executeTakeFirstOrThrow();
      await main.transaction((trx) => trx.deleteFrom(table).where("idx", "=", idx).execute());
      expect([table, await problemOf(storage)]).toEqual([table, "wrong_record"]);
      await main.transaction((trx) =>
        trx
          .insertInto(table)
          .values(row as never)
          .execute(),
      );
      expect(await problemOf(storage)).toBeNull();
    }
    // The order of a visitor's decisions.
    await main.transaction((trx) =>
      trx.updateTable("records").set({ counter: 99 }).where("idx", "=", 7).execute(),
    );
    expect(await problemOf(storage)).toBe("wrong_record");
  });

  it("is told while the log grows", async () => {
    const { storage, log, integrator } = await signedAt(300);
    const enough = new AbortController();
    const growth = (async () => {
      while (!enough.signal.aborted) {
        await log.append(decision());
        await integrator.integrate();
      }
    })();
    for (let n = 0; n < 20; n++) expect(await problemOf(storage)).toBeNull();
    enough.abort();
    await growth;
  });
});
