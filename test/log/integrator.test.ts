import { onTestFinished, describe, expect, it } from "vitest";
import { createBacklog } from "../../gateway/log/backlog.ts";
import { createIntegrator, type IntegratorDeps } from "../../gateway/log/integrator.ts";
import { openLog } from "../../gateway/log/open.ts";
import { openPublished } from "../../gateway/log/published.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { installationSecret } from "../../gateway/secret.ts";
import { openStorage } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";
import { addSites, decision, sqlite, statement, testClock } from "./installation.ts";
import { secret } from "./load.ts";
import { watch } from "./published-files.ts";

/** A gateway with an integrator, and what it says. */
async function integrating(limit?: number) {
  const storage = await openStorage(await sqlite());
  const clock = testClock();
  const backlog = createBacklog(limit);
  const log = openLog({ storage, secret, clock, backlog });
  const published = openPublished({ storage, clock });
  const said: string[] = [];
  const logger = jsonLogger("info", (line) => said.push(line));
  const deps = { storage, secret, clock, backlog, logger };
  const integrator = createIntegrator({ ...deps, publish: published.publish });
  onTestFinished(async () => {
    await log.close();
    await integrator.stop();
    await storage.close();
  });
  await addSites(storage, "clinic");
  await log.appendConfig(statement());
  return { storage, clock, log, published, integrator, said, deps };
}

const append = (
  log: { append: (input: ReturnType<typeof decision>) => Promise<unknown> },
  n: number,
) => Promise.all(Array.from({ length: n }, () => log.append(decision())));

describe("integration", () => {
  it("signs what a stranger verifies, at every size on the way", async () => {
    const { storage, log, integrator, published } = await integrating();
    await integrator.integrate();
    const { verify, checkpoints } = await watch(storage, 2026, published);
    expect((await verify()).checkpoint.size).toBe(1);
    for (const more of [1, 253, 1, 1, 256, 300]) {
      await append(log, more);
      await integrator.integrate();
      await verify();
    }
    const { checkpoint, kinds } = await verify();
    expect(checkpoint).toMatchObject({ origin: "log.example/clinic/2026", size: 813 });
    expect(kinds).toEqual({ consent: 812, config: 1, erasure: 0, epoch: 0 });
    expect((await checkpoints()).map(({ size }) => size)).toEqual([1, 2, 255, 256, 257, 513, 813]);
  });

  it("signs nothing anew when nothing was appended", async () => {
    const { storage, integrator } = await integrating();
    await integrator.integrate();
    await integrator.integrate();
    expect(await (await watch(storage)).checkpoints()).toHaveLength(1);
  });

  it("takes a long backlog in several steps, each signed", async () => {
    const { storage, log, integrator } = await integrating();
    await append(log, 2048);
    await append(log, 500);
    await integrator.integrate();
    const { verify, checkpoints } = await watch(storage);
    expect((await checkpoints()).map(({ size }) => size)).toEqual([2048, 2549]);
    expect((await verify()).checkpoint.size).toBe(2549);
  });

  it("keeps one row per tile, and none that is empty", async () => {
    const { storage, log, integrator } = await integrating();
    for (const more of [100, 155, 20]) {
      await append(log, more);
      await integrator.integrate();
    }
    const tiles = await storage.main.read.selectFrom("tiles").selectAll().execute();
    expect(
      tiles.map(({ level, idx, hashes }) => [level, idx, hashes.length / 32]).toSorted(),
    ).toEqual([
      [0, 0, 256],
      [0, 1, 20],
      [1, 0, 1],
    ]);
  });

  it("gives every site and every year a tree and a key of its own", async () => {
    const { storage, clock, log, integrator } = await integrating();
    await addSites(storage, "shop");
    await log.appendConfig(statement({ site: "shop" }));
    await append(log, 2);
    clock.time = Date.UTC(2027, 0, 1);
    await append(log, 3);
    await integrator.integrate();
    expect((await (await watch(storage)).verify()).checkpoint.size).toBe(3);
    expect((await (await watch(storage, 2027)).verify()).checkpoint.size).toBe(4);
    const keys = await storage.main.read.selectFrom("trees").select("public_key").execute();
    expect(
      new Set(keys.map(({ public_key }) => Buffer.from(public_key).toString("hex"))).size,
    ).toBe(3);
  });

  it("goes on with the same key after a restart", async () => {
    const { storage, log, integrator, deps } = await integrating();
    await append(log, 3);
    await integrator.integrate();
    const before = await watch(storage);
    await append(log, 3);
    await createIntegrator({ ...deps, publish: () => {} }).integrate();
    const after = await watch(storage);
    expect(after.log.signer).toEqual(before.log.signer);
    expect((await after.verify()).checkpoint.size).toBe(7);
  });
});

describe("a damaged log", () => {
  /** Changes what is stored, then appends: nothing may be signed any more. */
  async function damaged(damage: (storage: Storage) => Promise<unknown>) {
    const { storage, log, integrator, said } = await integrating();
    await append(log, 300);
    await integrator.integrate();
    const { verify } = await watch(storage);
    await append(log, 10);
    await damage(storage);
    await integrator.integrate();
    await integrator.integrate();
    const { size } = await storage.main.read
      .selectFrom("trees")
      .select("size")
      .executeTakeFirstOrThrow();
    expect(size).toBe(301);
    const lines = said.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(1);
    return { line: lines[0]!, verify };
  }

  it("with an entry lost is signed no further", async () => {
    const { line, verify } = await damaged((storage) =>
      storage.main.transaction((trx) => trx.deleteFrom("entries").where("idx", "=", 305).execute()),
    );
    expect(line).toMatchObject({ problem: "missing_entry", log: "log.example/clinic/2026" });
    // What was signed is as good as it was.
    expect((await verify()).checkpoint.size).toBe(301);
  });

  it("with a flipped bit at the tree's edge is signed no further", async () => {
    const { line } = await damaged((storage) =>
      storage.main.transaction(async (trx) => {
        const tile = trx.selectFrom("tiles").select("hashes").where("level", "=", 0);
        const { hashes } = await tile.where("idx", "=", 1).executeTakeFirstOrThrow();
        const flipped = Buffer.from(hashes);
        flipped[100]! ^= 4;
        await trx
          .updateTable("tiles")
          .set({ hashes: flipped })
          .where("level", "=", 0)
          .where("idx", "=", 1)
          .execute();
      }),
    );
    expect(line).toMatchObject({ problem: "wrong_root" });
  });

  it("with a tile lost is signed no further", async () => {
    const { line } = await damaged((storage) =>
      storage.main.transaction((trx) => trx.deleteFrom("tiles").where("level", "=", 1).execute()),
    );
    expect(line).toMatchObject({ problem: "missing_tile" });
  });

  it("is not signed under another installation secret", async () => {
    const { storage, log, integrator, said, deps } = await integrating();
    await integrator.integrate();
    await append(log, 1);
    const other = installationSecret(Buffer.alloc(32, 9));
    await createIntegrator({ ...deps, secret: other, publish: () => {} }).integrate();
    expect(JSON.parse(said[0]!)).toMatchObject({ problem: "wrong_key" });
    expect(await (await watch(storage)).checkpoints()).toHaveLength(1);
  });

  it("does not keep other logs from being signed", async () => {
    const { storage, log, integrator } = await integrating();
    await addSites(storage, "shop");
    await log.appendConfig(statement({ site: "shop" }));
    await storage.main.transaction((trx) =>
      trx.deleteFrom("entries").where("log", "=", 2).execute(),
    );
    await append(log, 5);
    await integrator.integrate();
    expect((await (await watch(storage)).verify()).checkpoint.size).toBe(6);
  });
});

describe("a backlog", () => {
  it("that is too long refuses decisions until it is integrated", async () => {
    const { log, integrator } = await integrating(20);
    await append(log, 19);
    await expect(log.append(decision())).rejects.toMatchObject({ code: "overloaded" });
    await integrator.integrate();
    await expect(log.append(decision())).resolves.toMatchObject({ index: 20 });
  });

  it("that an earlier process left is seen before the first decision", async () => {
    const { log, storage, integrator, deps } = await integrating();
    await integrator.integrate();
    await append(log, 30);
    await storage.main.transaction((trx) =>
      trx.deleteFrom("entries").where("idx", "=", 5).execute(),
    );
    const backlog = createBacklog(20);
    const restarted = openLog({ ...deps, backlog });
    await createIntegrator({ ...deps, backlog, publish: () => {} }).integrate();
    await expect(restarted.append(decision())).rejects.toMatchObject({ code: "overloaded" });
    await restarted.close();
  });
});

describe("the integrator at work", () => {
  /** An integrator that runs by itself, and a way to wait for what it publishes. */
  function atWork(deps: Omit<IntegratorDeps, "publish">) {
    const sizes: number[] = [];
    let notice = () => {};
    const integrator = createIntegrator({
      ...deps,
      publish(signed) {
        sizes.push(signed.size);
        notice();
      },
    });
    integrator.start();
    onTestFinished(() => integrator.stop());
    return async (wanted: number) => {
      while ((sizes.at(-1) ?? 0) < wanted) await new Promise<void>((resolve) => (notice = resolve));
    };
  }

  it("integrates an append within a second, woken by it", async () => {
    const { log, deps } = await integrating();
    const reaches = atWork(deps);
    await reaches(1);
    const start = performance.now();
    await log.append(decision());
    await reaches(2);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("finds what was appended without it", async () => {
    const { log, deps } = await integrating();
    const reaches = atWork({ ...deps, backlog: createBacklog() });
    await reaches(1);
    await append(log, 3);
    await reaches(4);
  });

  it("integrates what is left when it stops, and nothing afterwards", async () => {
    const { storage, log, integrator } = await integrating();
    integrator.start();
    await append(log, 3);
    await integrator.stop();
    const { checkpoints } = await watch(storage);
    expect((await checkpoints()).at(-1)?.size).toBe(4);
  });
});

it("publishes nothing before it is committed", async () => {
  const { storage, log, deps } = await integrating();
  await append(log, 5);
  const seen: (number | undefined)[] = [];
  const committed: Promise<unknown>[] = [];
  const publish = ({ size }: { size: number }) => {
    seen.push(size);
    committed.push(
      storage.main.read
        .selectFrom("checkpoints")
        .select("size")
        .where("size", "=", size)
        .executeTakeFirstOrThrow(),
    );
  };
  const failing = {
    ...storage.main,
    transaction: <T>(work: Parameters<typeof storage.main.transaction<T>>[0]) =>
      storage.main.transaction(async (trx) => {
        const result = await work(trx);
        if (Object(result) === result && "signed" in (result as object))
          throw new Error("the disk is full");
        return result;
      }),
  };
  const broken = createIntegrator({ ...deps, storage: { main: failing }, publish });
  await expect(broken.integrate()).rejects.toThrow("the disk is full");
  expect(seen).toEqual([]);
  await createIntegrator({ ...deps, publish }).integrate();
  expect(seen).toEqual([6]);
  expect(await Promise.all(committed)).toEqual([{ size: 6 }]);
});
