/**
 * `npm run bench -- console [--records N] [--engine sqlite|postgres]`: what officers wait for. Search,
 * overview and export on records of 50 sites, a few of which have most of them; 1,000,000 is the full run.
 */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { RecordListQuery } from "../../gateway/contract/staff-search.ts";
import { readSettings } from "../../gateway/env.ts";
import { openGateway, type Gateway } from "../../gateway/gateway.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";
import { seed, type SettableClock } from "./console-seed.ts";

export interface ConsoleBench {
  records: number;
  engines: string[];
}

const siteCount = 50;
/** Searches of one kind. */
const runs = 40;

export async function benchConsole({ records, engines }: ConsoleBench): Promise<void> {
  for (const engine of engines) {
    const folder = await mkdtemp(join(tmpdir(), "soglas-bench-"));
    const postgres = engine === "postgres" ? await startPostgres() : null;
    const clock: SettableClock = { time: Date.now() - 360 * 86_400_000, now: () => clock.time };
    const gateway = await open(folder, postgres, clock);
    try {
      await measure(gateway, clock, engine, records);
    } finally {
      await gateway.close();
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
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
      SOGLAS_DATABASE_URL: await postgres.database(),
      SOGLAS_KEYS_URL: await postgres.database(),
      SOGLAS_SECRET: Buffer.alloc(32, 7).toString("base64url"),
    }),
  });
  const widgetBuild = join(import.meta.dirname, "../sites/fixtures/widget");
  return openGateway(settings, {
    logger: jsonLogger("error"),
    clock,
    widgetBuild,
    server: true,
  });
}

async function measure(
  gateway: Gateway,
  clock: SettableClock,
  engine: string,
  records: number,
): Promise<void> {
  let start = performance.now();
  const sites = await seed(gateway, clock, { sites: siteCount, records });
  print(`\n${engine}: ${records} records of ${siteCount} sites, made in ${seconds(start)} s`);
  const before = await bytesOf(gateway);
  start = performance.now();
  await gateway.indexer.index();
  const taken = seconds(start);
  const perRecord = ((await bytesOf(gateway)) - before) / records;
  print(`indexed in ${taken} s, ${perRecord.toFixed(0)} bytes a record with its indexes`);
  await searches(gateway, clock, sites);
  await overview(gateway, sites);
  await exported(gateway, sites);
}

async function searches(gateway: Gateway, clock: SettableClock, sites: string[]): Promise<void> {
  const now = Math.floor(clock.now() / 1000);
  const day = 86_400;
  const { config, version, policyHash } = (await gateway.sites.effective(sites[0]!))! as {
    version: string;
    policyHash: string;
    config?: string;
  };
  const some = await gateway.staffRecords.find(
    { id: sites[0]!, name: {} },
    { site: sites[0]!, limit: 50 },
  );
  const oldest = await gateway.staffRecords.find(
    { id: sites[0]!, name: {} },
    { site: sites[0]!, to: now - 300 * day, limit: 50 },
  );
  const kinds: Record<string, Partial<RecordListQuery>> = {
    newest: {},
    "record id": { record: some.records[0]!.id },
    "time range": { from: now - 200 * day, to: now - 190 * day },
    "purpose granted": { purpose: "analytics" },
    "service refused": { service: "metrika", serviceState: "denied" },
    withdrawals: { action: "withdraw" },
    "policy version": { policy: policyHash },
    "site version": { version },
    "old configuration": { config: oldest.records[0]?.config ?? config ?? "" },
    "rare language": { language: "en" },
    "country and browser": { country: "AM", browser: "opera" },
    "rare combination": {
      country: "AM",
      browser: "opera",
      language: "en",
      device: "tablet",
      action: "withdraw",
    },
    "nothing like it": { language: "xx" },
    "window, country, browser": {
      from: now - 200 * day,
      to: now - 170 * day,
      country: "DE",
      browser: "safari",
    },
    "lapses soon": { untilFrom: now, untilTo: now + 30 * day },
    "lapses soon, refused": {
      untilFrom: now,
      untilTo: now + 30 * day,
      purposeState: "denied",
      purpose: "analytics",
    },
  };
  print("search                        p50 ms   p95 ms   rows");
  for (const [name, filter] of Object.entries(kinds)) {
    const times: number[] = [];
    let rows = 0;
    for (let run = 0; run < runs; run += 1) {
      // Every second one in the site with the most records.
      const site = run % 2 === 0 ? sites[0]! : sites[run]!;
      const start = performance.now();
      const found = await gateway.staffRecords.find(
        { id: site, name: {} },
        { site, limit: 50, ...filter },
      );
      times.push(performance.now() - start);
      rows = Math.max(rows, found.records.length);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1).padStart(8);
    print(`${name.padEnd(28)} ${at(0.5)} ${at(0.95)} ${String(rows).padStart(6)}`);
  }
}

async function overview(gateway: Gateway, sites: string[]): Promise<void> {
  const start = performance.now();
  const named = sites.map((id) => ({ id, name: {} }));
  const { sites: counted } = await gateway.rates.overview(named, 30);
  print(
    `overview of ${counted.length} sites, 30 days: ${(performance.now() - start).toFixed(1)} ms`,
  );
}

async function exported(gateway: Gateway, sites: string[]): Promise<void> {
  for (const form of ["csv", "jsonl", "receipts"] as const) {
    globalThis.gc?.();
    const idle = process.memoryUsage().rss;
    let most = 0;
    const digest = createHash("sha256");
    const { chunks, records } = await gateway.exports.open(sites[0]!, {}, form);
    const start = performance.now();
    const cpu = process.cpuUsage();
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      digest.update(chunk);
      most = Math.max(most, process.memoryUsage().rss - idle);
    }
    const { user, system } = process.cpuUsage(cpu);
    const perCpuSecond = records() / ((user + system) / 1e6);
    const perSecond = records() / ((performance.now() - start) / 1000);
    print(
      `export as ${form}: ${records()} rows, ${perSecond.toFixed(0)} rows/s (${perCpuSecond.toFixed(0)} per second of processor), ${(bytes / records()).toFixed(0)} bytes a row, ${(most / 2 ** 20).toFixed(0)} MB above idle`,
    );
  }
}

async function bytesOf({ storage: { main } }: Gateway): Promise<number> {
  const { rows } = await (
    main.engine === "sqlite"
      ? sql<{
          bytes: number;
        }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
      : sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
  ).execute(main.read);
  return Number(rows[0]!.bytes);
}

const seconds = (start: number) => ((performance.now() - start) / 1000).toFixed(1);
const print = (line: string) => console.log(line);
