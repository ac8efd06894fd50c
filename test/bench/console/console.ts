/**
 * `npm run bench -- console [--records N] [--engine sqlite|postgres]`: what officers wait for. Search,
 * overview and export on records of 50 sites, a few of which have most of them; 1,000,000 is the full run.
 */
import { createHash } from "node:crypto";
import type { RecordListQuery } from "../../../gateway/contract/staff/search.ts";
import type { Gateway } from "../../../gateway/gateway.ts";
import { openKept } from "./kept.ts";
import type { SettableClock } from "./seed.ts";

export interface ConsoleBench {
  records: number;
  engines: string[];
}

const siteCount = 50;
/** Searches of one kind. */
const runs = 40;

export async function benchConsole({ records, engines }: ConsoleBench): Promise<void> {
  // Where records have to be made, both engines' are made at once: each leaves the machine half idle.
  const kept = await Promise.all(
    engines.map((engine) => openKept({ engine, records, sites: siteCount })),
  );
  await Promise.all(kept.map(({ close }) => close()));
  for (const engine of engines) {
    const { gateway, clock, made, close } = await openKept({ engine, records, sites: siteCount });
    try {
      const perRecord = `${made.indexBytes.toFixed(0)} bytes a record with its indexes`;
      print(
        `${engine}: ${records} records of ${siteCount} sites, made in ${made.making.toFixed(0)} s`,
      );
      print(`indexed in ${made.indexing.toFixed(0)} s, ${perRecord}`);
      await searches(gateway, clock, made.sites);
      await overview(gateway, made.sites);
      await exported(gateway, made.sites);
    } finally {
      await close();
    }
  }
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
    const [p50, p95] = percentiles(times);
    print(`${name.padEnd(28)} ${p50.padStart(8)} ${p95.padStart(8)} ${String(rows).padStart(6)}`);
  }
}

async function overview(gateway: Gateway, sites: string[]): Promise<void> {
  const named = sites.map((id) => ({ id, name: {} }));
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await gateway.rates.overview(named, 30);
    times.push(performance.now() - start);
  }
  print(`overview of ${named.length} sites, 30 days: ${percentiles(times).join(" / ")} ms`);
}

/** p50 and p95. */
function percentiles(times: number[]): [string, string] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]!.toFixed(1);
  return [at(0.5), at(0.95)];
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

const print = (line: string) => console.log(line);
