/** A gateway's event half on real storage and a real log, with a clock that only tests move. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChoiceState } from "../../gateway/contract/decision.ts";
import type { EventBatch } from "../../gateway/contract/events.ts";
import { site as siteSchema, type SiteInput } from "../../gateway/contract/site.ts";
import { vendorEndpoints } from "../../gateway/events/vendors.ts";
import { openBalance } from "../../gateway/events/accounts/balance.ts";
import { openDeliveries } from "../../gateway/events/accounts/deliveries.ts";
import { createForwarder, type ForwarderDeps } from "../../gateway/events/forwarding/forwarder.ts";
import { openDoors } from "../../gateway/events/intake/door.ts";
import { createIngest } from "../../gateway/events/intake/ingest.ts";
import type { EventSource } from "../../gateway/events/intake/neutral.ts";
import { openLog } from "../../gateway/log/open.ts";
import { tokens as openTokens } from "../../gateway/log/token.ts";
import type { Observed } from "../../gateway/routes/observed.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { installationSecret } from "../../gateway/secret.ts";
import type { SiteConfig } from "../../gateway/sites/sites.ts";
import { openStorage } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";

const text = { ru: "текст" };
const recipient = { name: "Vendor", country: "RU" };
const common = { purpose: "analytics", name: text, description: text, recipient } as const;

export const ga4Service = {
  ...common,
  id: "ga4-clean",
  vendor: "ga4",
  mode: "gateway",
  settings: { measurementId: "G-TEST0001" },
} satisfies SiteInput["services"][number];

export const metrikaService = {
  ...common,
  id: "metrika-clean",
  vendor: "metrika",
  mode: "gateway",
  settings: { counter: 12345678 },
} satisfies SiteInput["services"][number];

export const webhookService = {
  ...common,
  id: "hook-clean",
  vendor: "webhook",
  mode: "gateway",
  settings: { receiver: "warehouse" },
} satisfies SiteInput["services"][number];

/** What the gateway and the receiver of its webhooks share here. */
export const webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

export const origin = "https://www.clinic.test";

export function siteConfig(changes: Partial<SiteInput> = {}, hash = "config-1"): SiteConfig {
  const site = siteSchema.parse({
    id: "clinic",
    name: text,
    origins: [origin],
    controller: { name: "Clinic", address: "Street 1", contact: "privacy@clinic.test" },
    languages: ["ru"],
    jurisdiction: "ru",
    purposes: [
      {
        id: "analytics",
        basis: "consent",
        name: text,
        description: text,
        consentMode: ["analytics_storage"],
      },
    ],
    services: [ga4Service, metrikaService],
    pages: { exclude: ["/account/**"], mask: ["/diseases/**"] },
    ...changes,
  } satisfies SiteInput);
  return {
    site,
    hash: createHash("sha256").update(hash).digest("base64url"),
    version: "v",
    build: "b",
    revision: "r",
    effectiveAt: 0,
    policyHash: "p",
    consentHash: "c",
  };
}

export interface Visitor {
  subject: Uint8Array;
  token: string;
}

export interface InstallationOptions {
  /** Base address of the stand-in. */
  vendor: string;
  storage?: Storage;
  logger?: ForwarderDeps["logger"];
  /** Data folder of an earlier one, to be opened again; a fresh one, removed at the end, when absent. */
  folder?: string;
  /** Unix milliseconds; a clock that stands still when absent. */
  now?: () => number;
}

export async function openInstallation(options: InstallationOptions) {
  const { vendor, logger, now } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "soglas-events-")));
  const storage =
    options.storage ?? (await openStorage({ engine: "sqlite", folder, server: true }));
  const clock: { at: number; now(): number } = {
    at: Date.UTC(2026, 2, 14, 10, 0, 0, 250),
    now: now ?? (() => clock.at),
  };
  await storage.main.transaction((trx) =>
    trx
      .insertInto("sites")
      .values({ id: "clinic", log_name: "clinic.test/log", created_at: clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  const secret = installationSecret(Buffer.alloc(32, 7));
  const log = openLog({ storage, secret, clock });
  const tokens = openTokens(secret);
  const configs = [siteConfig()];
  const some = createHash("sha256").update("some").digest("base64url");
  await log.appendConfig({
    v: 1,
    site: "clinic",
    version: some,
    build: some,
    configuration: some,
    policy: some,
    consent: some,
    texts: some,
    revision: some.slice(0, 8),
    effective: Math.floor(clock.now() / 1000),
  });
  const sites = {
    effective: (site: string) => Promise.resolve(site === "clinic" ? configs.at(-1)! : null),
    logged: (_site: string, hash: string) =>
      Promise.resolve(configs.find((config) => config.hash === hash) ?? null),
    // The configuration in this log is nobody's.
    loggedAt: () => Promise.resolve(null),
  };
  const endpoints = vendorEndpoints.parse({
    ga4: {
      collect: `${vendor}/g/collect`,
      measure: `${vendor}/mp/collect`,
      secrets: { "G-TEST0001": "secret-of-the-stream" },
    },
    metrika: { collect: `${vendor}/collect`, tokens: { "12345678": "measurement-token" } },
    webhook: { receivers: { warehouse: { url: `${vendor}/hook`, secret: webhookSecret } } },
  });
  const deps = {
    storage,
    log,
    sites,
    endpoints,
    secret,
    clock,
    random: () => 0.5,
    deadLetterDays: 30,
  };
  const newForwarder = (changes: Partial<ForwarderDeps> = {}) =>
    createForwarder({ ...deps, logger: logger ?? jsonLogger("silent"), timeout: 400, ...changes });
  const forwarder = newForwarder();
  const ingest = createIngest({
    storage,
    tokens,
    doors: openDoors({ secret }),
    onQueued: () => forwarder.wake(),
  });
  const counters = new Map<string, number>();

  /** Records a decision about every service, and answers as the decision route would. */
  async function decide(
    subjectSecret: string,
    choice: ChoiceState,
    services: Record<string, ChoiceState> = { "ga4-clean": choice, "metrika-clean": choice },
  ): Promise<Visitor> {
    const counter = (counters.get(subjectSecret) ?? 0) + 1;
    counters.set(subjectSecret, counter);
    const seconds = Math.floor(clock.now() / 1000);
    const config = configs.at(-1)!;
    const appended = await log.append({
      site: "clinic",
      body: {
        v: 1,
        id: randomId(),
        secret: subjectSecret,
        counter,
        time: seconds,
        action: counter === 1 ? "first" : "change",
        place: "banner",
        control: "save",
        offered: ["accept-all", "refuse-all", "choose"],
        config: config.hash,
        language: "ru",
        theme: "light",
        viewport: "wide",
        purposes: { analytics: choice },
        services,
        documents: [],
        page: "/",
        gpc: false,
      },
      bodyHash: randomBytes(32),
      observed: {
        receivedAt: clock.now(),
        origin,
        browser: "chrome",
        device: "desktop",
        country: null,
      },
      validDays: 30,
    });
    const granted = Object.keys(services).filter((id) => services[id] === "granted");
    const token = tokens.seal({
      site: "clinic",
      subject: appended.subject,
      config: config.hash,
      log: appended.log,
      index: appended.index,
      services: granted,
      expires: seconds + 86_400,
    });
    return { subject: appended.subject, token };
  }

  return {
    folder,
    storage,
    clock,
    log,
    tokens,
    configs,
    sites,
    ingest,
    balance: openBalance({ storage }),
    ledger: openDeliveries({ storage }),
    forwarder,
    newForwarder,
    decide,
    /** Sends events as the page would. */
    accept: (
      token: string,
      events: unknown[],
      batch: Partial<EventBatch> = {},
      observed: Partial<Observed> = {},
      source: EventSource = "page",
    ) =>
      ingest.accept(
        configs.at(-1)!,
        { v: 1, token, language: "ru-RU", width: 1280, events, ...batch },
        {
          receivedAt: clock.now(),
          agent: { browser: "chrome", major: 126, device: "desktop" },
          bot: false,
          country: null,
          region: null,
          ...observed,
        },
        source,
      ),
    outbox: () => storage.main.read.selectFrom("outbox").selectAll().orderBy("id").execute(),
    /** Outcome counts of one service over all days, `*` being events refused before destinations were looked at. */
    async counts(service: string): Promise<Record<string, number>> {
      const rows = await storage.main.read
        .selectFrom("event_counts")
        .select(["outcome", "count"])
        .where("service", "=", service)
        .execute();
      const counts: Record<string, number> = {};
      for (const { outcome, count } of rows) counts[outcome] = (counts[outcome] ?? 0) + count;
      return counts;
    },
    deliveries: () => storage.main.read.selectFrom("deliveries").selectAll().execute(),
    /** Every byte the databases have on disk, write-ahead logs included. */
    async bytesOnDisk(): Promise<Buffer> {
      const names = await readdir(folder);
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    },
    async close() {
      await forwarder.stop();
      await ingest.close();
      await log.close();
      await storage.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Installation = Awaited<ReturnType<typeof openInstallation>>;

/** 128 random bits as ids and secrets travel. */
export const randomId = () => randomBytes(16).toString("base64url");

export function view(changes: Record<string, unknown> = {}) {
  return { name: "page_view", age: 0, url: `${origin}/services`, ...changes };
}
