/** A consent log on an empty SQLite or PostgreSQL installation, with a clock that stands until moved. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ConfigStatement, ConsentLog } from "../../gateway/log/log.ts";
import { openLog } from "../../gateway/log/open.ts";
import { openReader, type LogReader } from "../../gateway/log/reader.ts";
import { openStorage, type StorageOptions } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";
import { secret, sha256, start, startSeconds } from "./load.ts";

export { decision, denied, randomId, start, startSeconds } from "./load.ts";

export interface TestClock {
  now(): number;
  /** Unix milliseconds. */
  time: number;
}

export interface Gateway {
  storage: Storage;
  log: ConsentLog;
  reader: LogReader;
}

export const statement = (change: Partial<ConfigStatement> = {}): ConfigStatement => ({
  v: 1,
  site: "clinic",
  version: sha256("version"),
  build: sha256("build"),
  configuration: sha256("configuration"),
  policy: sha256("policy"),
  consent: sha256("consent"),
  texts: sha256("texts"),
  revision: sha256("revision"),
  effective: startSeconds,
  ...change,
});

/** A folder that is removed when the test ends. */
export async function sqlite(server = true): Promise<StorageOptions> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-log-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { engine: "sqlite", folder, server };
}

export const testClock = (time = start): TestClock => ({
  time,
  now() {
    return this.time;
  },
});

/** One gateway's view of an installation; closed when the test ends. */
export async function gateway(
  options: StorageOptions,
  clock: TestClock = testClock(),
  maxWaiting?: number,
): Promise<Gateway> {
  const storage = await openStorage(options);
  const log = openLog({ storage, secret, clock, ...(maxWaiting !== undefined && { maxWaiting }) });
  onTestFinished(async () => {
    await log.close();
    await storage.close();
  });
  return { storage, log, reader: openReader({ storage, secret, clock }) };
}

/** Sites as publishing leaves them. */
export async function addSites(storage: Storage, ...ids: string[]): Promise<void> {
  await storage.main.transaction((trx) =>
    trx
      .insertInto("sites")
      .values(ids.map((id) => ({ id, log_name: `log.example/${id}`, created_at: start })))
      .execute(),
  );
}

/** A gateway whose site `clinic` is published and logged as entry 0. */
export async function clinic(
  clock: TestClock = testClock(),
  maxWaiting?: number,
): Promise<Gateway & { config: string }> {
  const opened = await gateway(await sqlite(), clock, maxWaiting);
  await addSites(opened.storage, "clinic");
  const { hash: config } = await opened.log.appendConfig(statement());
  return { ...opened, config };
}
