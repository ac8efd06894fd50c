/** A consent log on an empty SQLite or PostgreSQL installation, with a clock that stands until moved. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import type { ConfigStatement, ConsentLog, DecisionInput } from "../../gateway/log/log.ts";
import { openLog } from "../../gateway/log/open.ts";
import { openReader, type LogReader } from "../../gateway/log/reader.ts";
import { installationSecret } from "../../gateway/secret.ts";
import { openStorage, type StorageOptions } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";

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

export const secret = installationSecret(Buffer.alloc(32, 7));
/** 2026-05-04 09:00:00.250 UTC */
export const start = Date.UTC(2026, 4, 4, 9, 0, 0, 250);
export const startSeconds = Math.floor(start / 1000);

export const randomId = (): string => randomBytes(16).toString("base64url");
export const sha256 = (text: string): string =>
  createHash("sha256").update(text).digest("base64url");

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

/** A grant of everything by a new visitor, unless told otherwise. */
export function decision(
  change: Partial<DecisionBody> = {},
  input: Partial<DecisionInput> = {},
): DecisionInput {
  const body: DecisionBody = {
    v: 1,
    id: randomId(),
    secret: randomId(),
    counter: 1,
    time: startSeconds - 2,
    action: "first",
    place: "banner",
    control: "accept-all",
    offered: ["accept-all", "refuse-all", "choose"],
    config: sha256("config"),
    language: "ru",
    theme: "light",
    viewport: "wide",
    purposes: { necessary: "granted", analytics: "granted" },
    services: { metrika: "granted", ga4: "granted" },
    documents: ["consent"],
    page: "/doctors/cardiology",
    gpc: false,
    ...change,
  };
  return {
    site: "clinic",
    body,
    bodyHash: createHash("sha256").update(JSON.stringify(body)).digest(),
    observed: {
      receivedAt: start,
      origin: "https://www.clinic.example",
      browser: "Chrome 140",
      device: "desktop",
      country: "RU",
    },
    validDays: 365,
    ...input,
  };
}

export const denied = {
  purposes: { necessary: "granted", analytics: "denied" },
  services: { metrika: "denied", ga4: "denied" },
} as const;
