import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";
import { addSites, statement } from "../installation.ts";
import { witnessContract } from "./contract.ts";
import { startWitness, witnessedGateway } from "./world.ts";

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const database = async () => ({
  engine: "postgres" as const,
  url: await server.database(),
  keysUrl: await server.database(),
});

witnessContract(database);

it("several gateways ask a witness in turn, never at once, and all show what it signed", async () => {
  const witness = await startWitness("w/1");
  const options = await database();
  const gateways = await Promise.all([1, 2, 3].map(() => witnessedGateway(options, [witness])));
  const [first] = gateways;
  await addSites(first!.storage, "clinic");
  await first!.log.appendConfig(statement());
  await first!.integrator.integrate();
  await witness.learn(await first!.key());
  for (let round = 1; round <= 5; round++) {
    await Promise.all(gateways.map((gateway) => gateway.grow(3)));
    await Promise.all(gateways.map((gateway) => gateway.submit(6)));
    await Promise.all(gateways.map((gateway) => gateway.submit(0)));
    expect(witness.answered).toHaveLength(round);
  }
  expect(witness.answered.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const notes = await Promise.all(
    gateways.map(async (gateway) => (await gateway.witnessing.newest(await gateway.named()))?.note),
  );
  expect(new Set(notes).size).toBe(1);
  expect(notes[0]).toContain("\n— w/1 ");
});
