/**
 * Gateways full of records that are kept from run to run in the temporary folder: what makes or stores
 * records is the same as long as its source is, so it need not be done again.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { readSettings } from "../../../gateway/env.ts";
import { openGateway, type Gateway } from "../../../gateway/gateway.ts";
import { jsonLogger } from "../../../gateway/logger.ts";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";
import { bytesOf, seed, type SettableClock } from "./seed.ts";

/** What was found while the records were made. */
export interface Made {
  /** The sites' ids, the one with the most records first. */
  sites: string[];
  /** The clock after the last record, unix milliseconds. */
  time: number;
  /** Seconds. */
  making: number;
  indexing: number;
  /** What the search index takes, bytes of a record. */
  indexBytes: number;
}

export interface Kept {
  gateway: Gateway;
  clock: SettableClock;
  made: Made;
  close(): Promise<void>;
}

export interface Wanted {
  engine: string;
  records: number;
  sites: number;
}

const root = join(import.meta.dirname, "../../..");
/**
 * Source that says what records are. Tables are not among it: opening brings those up to date, as it does
 * in every installation.
 */
const sources = [
  "gateway/log/decision-half.ts",
  "gateway/log/record.ts",
  "gateway/log/leaf.ts",
  "gateway/staff/search/indexing.ts",
  "gateway/staff/search/kinds.ts",
  "gateway/staff/search/counts.ts",
  "test/bench/console/seed.ts",
];

/** Opens the gateway of these records; makes them first where they are not there yet. */
export async function openKept(wanted: Wanted): Promise<Kept> {
  const { engine, records, sites } = wanted;
  const name = `${engine}-${records}-of-${sites}-${await digestOf(sources)}`;
  const folder = join(tmpdir(), "soglas-bench", name);
  const about = join(folder, "made.json");
  if (!existsSync(about)) await rm(folder, { recursive: true, force: true });
  // PostgreSQL does not run as root, and has to reach its own folder.
  await mkdir(join(folder, "postgres"), { recursive: true });
  await mkdir(join(folder, "data"), { recursive: true, mode: 0o700 });
  const postgres = engine === "postgres" ? await startPostgres(join(folder, "postgres")) : null;
  const clock: SettableClock = { time: Date.now() - 360 * 86_400_000, now: () => clock.time };
  const known = existsSync(about) ? JSON.parse(await readFile(about, "utf8")) : null;
  if (known) clock.time = known.time;
  console.log(known ? `kept in ${folder}` : `making ${records} records in ${folder}`);
  const gateway = await open(join(folder, "data"), postgres, clock);
  const close = async () => {
    await gateway.close();
    await postgres?.stop();
  };
  try {
    const made: Made = known ?? (await make(gateway, clock, wanted));
    if (!known) await writeFile(about, JSON.stringify(made));
    return { gateway, clock, made, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function make(gateway: Gateway, clock: SettableClock, wanted: Wanted): Promise<Made> {
  let start = performance.now();
  const sites = await seed(gateway, clock, wanted);
  const making = (performance.now() - start) / 1000;
  const before = await bytesOf(gateway);
  start = performance.now();
  await gateway.indexer.index();
  const indexing = (performance.now() - start) / 1000;
  // As autovacuum does some minutes after so much was written: plans follow from these statistics.
  if (wanted.engine === "postgres")
    await gateway.storage.main.transaction((trx) => sql`analyze`.execute(trx));
  const indexBytes = ((await bytesOf(gateway)) - before) / wanted.records;
  return { sites, time: clock.time, making, indexing, indexBytes };
}

async function open(
  folder: string,
  postgres: Postgres | null,
  clock: SettableClock,
): Promise<Gateway> {
  const settings = readSettings({
    SOGLAS_DATA: folder,
    SOGLAS_PUBLIC_URL: "https://gateway.example",
    ...(postgres && {
      SOGLAS_DATABASE_URL: await postgres.database("main"),
      SOGLAS_KEYS_URL: await postgres.database("keys"),
      SOGLAS_SECRET: Buffer.alloc(32, 7).toString("base64url"),
    }),
  });
  const widgetBuild = join(root, "test/sites/fixtures/widget");
  return openGateway(settings, { logger: jsonLogger("error"), clock, widgetBuild, server: true });
}

async function digestOf(files: string[]): Promise<string> {
  const digest = createHash("sha256");
  for (const file of files) digest.update(await readFile(join(root, file)));
  return digest.digest("hex").slice(0, 16);
}
