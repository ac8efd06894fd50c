import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createBacklog } from "../../gateway/log/backlog.ts";
import type { Signed } from "../../gateway/log/integration.ts";
import { createIntegrator } from "../../gateway/log/integrator.ts";
import { openLog } from "../../gateway/log/open.ts";
import { openPublished } from "../../gateway/log/published.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { openStorage, type StorageOptions } from "../../gateway/storage/open.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";
import { addSites, decision, statement, testClock } from "./installation.ts";
import { secret } from "./load.ts";
import { watch } from "./published-files.ts";

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Gateways on one database, each with an integrator of its own. */
async function together(count: number) {
  const options: StorageOptions = {
    engine: "postgres",
    url: await server.database(),
    keysUrl: await server.database(),
  };
  const signed: Signed[] = [];
  const said: string[] = [];
  const open = async () => {
    const storage = await openStorage(options);
    const clock = testClock();
    const deps = { storage, secret, clock, backlog: createBacklog() };
    const log = openLog(deps);
    const published = openPublished({ storage, clock });
    const integrator = createIntegrator({
      ...deps,
      logger: jsonLogger("info", (line) => said.push(line)),
      publish(each) {
        signed.push(each);
        published.publish(each);
      },
    });
    onTestFinished(async () => {
      await log.close();
      await integrator.stop();
      await storage.close();
    });
    return { storage, clock, log, integrator, published };
  };
  const gateways = await Promise.all(Array.from({ length: count }, open));
  await addSites(gateways[0]!.storage, "clinic", "shop");
  await gateways[0]!.log.appendConfig(statement());
  await gateways[0]!.log.appendConfig(statement({ site: "shop" }));
  return { gateways, signed, said };
}

describe("several gateways that integrate the same logs at once", () => {
  it("sign one history, each size once", async () => {
    const { gateways, signed, said } = await together(3);
    for (let round = 0; round < 8; round++) {
      await Promise.all(
        gateways.flatMap(({ log, integrator }, n) => [
          ...Array.from({ length: 40 }, (_, i) =>
            log.append(decision({}, { site: (i + n) % 4 ? "clinic" : "shop" })),
          ),
          integrator.integrate(),
          integrator.integrate(),
        ]),
      );
    }
    await gateways[2]!.integrator.integrate();
    const { verify, checkpoints } = await watch(gateways[0]!.storage);
    expect((await verify()).checkpoint.size).toBe(1 + 8 * 3 * 30);
    const names = signed.map(({ log, size }) => `${log} ${size}`);
    expect(new Set(names).size).toBe(names.length);
    const sizes = signed.filter(({ log }) => log === 1).map(({ size }) => size);
    expect((await checkpoints()).map(({ size }) => size)).toEqual(sizes.toSorted((a, b) => a - b));
    expect(said).toEqual([]);
  });

  it("give a new log one key", async () => {
    const { gateways } = await together(3);
    await Promise.all(gateways.map(({ integrator }) => integrator.integrate()));
    const logs = await Promise.all(gateways.map(({ published }) => published.find("clinic", 2026)));
    expect(
      new Set(logs.map((log) => Buffer.from(log!.signer.publicKey).toString("hex"))).size,
    ).toBe(1);
    const { verify } = await watch(gateways[0]!.storage);
    expect((await verify()).checkpoint.size).toBe(1);
  });

  it("show each other's checkpoints within a quarter of a second", async () => {
    const { gateways } = await together(2);
    const [one, other] = gateways as [(typeof gateways)[0], (typeof gateways)[0]];
    await one.integrator.integrate();
    const log = (await other.published.find("clinic", 2026))!;
    expect((await other.published.newest(log))?.size).toBe(1);
    const { index } = await one.log.append(decision());
    await one.integrator.integrate();
    expect((await one.published.newest(log))?.size).toBe(2);
    expect((await other.published.newest(log))?.size).toBe(1);
    // Whoever asks for an entry that is not there yet makes the other look.
    expect((await other.published.proof(log, index))?.checkpoint.size).toBe(2);
    await one.log.append(decision());
    await one.integrator.integrate();
    other.clock.time += 250;
    expect((await other.published.newest(log))?.size).toBe(3);
  });
});
