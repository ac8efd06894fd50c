/**
 * `npm run faults -- log`: gateways killed at random moments under load, 25 times per engine. After each
 * kill every acknowledged record must be there, unchanged, without a gap (test/log/whole.ts).
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { killUnderLoad } from "../log/killed.ts";
import { sqlite } from "../log/installation.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";

const kills = 25;
/** Acknowledgements after which a round is killed: never the same twice. */
const rounds = () => Array.from({ length: kills }, () => 50 + Math.floor(Math.random() * 300));

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it(`survives ${kills} kills on SQLite`, async () => {
  const wanted = rounds();
  await killUnderLoad(await sqlite(), 1, wanted);
  console.log(`SQLite: ${kills} kills, at least ${sum(wanted)} acknowledged, none lost or changed`);
  expect(wanted).toHaveLength(kills);
});

it(`survives ${kills} kills of two gateways on PostgreSQL`, async () => {
  const wanted = rounds();
  const options = {
    engine: "postgres" as const,
    url: await postgres.database(),
    keysUrl: await postgres.database(),
  };
  await killUnderLoad(options, 2, wanted);
  console.log(
    `PostgreSQL: ${kills} kills, at least ${sum(wanted)} acknowledged, none lost or changed`,
  );
  expect(wanted).toHaveLength(kills);
});

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
