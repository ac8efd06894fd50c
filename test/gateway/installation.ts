/** A whole gateway in a folder of its own, with sites of the demo published: what `app.request` talks to. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp, type App } from "../../gateway/app.ts";
import type { Clock } from "../../gateway/clock.ts";
import { readSettings } from "../../gateway/env.ts";
import { openGateway, type Gateway } from "../../gateway/gateway.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { createMetrics } from "../../gateway/metrics.ts";
import { clientResolver } from "../../gateway/privacy/address.ts";
import { nowhere } from "../../gateway/privacy/location.ts";
import { visitorBudget, type BudgetOptions } from "../../gateway/routes/limits.ts";
import { createObserve, type ObserveOptions } from "../../gateway/routes/observed.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import { publishFolder } from "../../gateway/sites/publishing/publish-folder.ts";

export interface Installation {
  gateway: Gateway;
  app: App;
  /** The data folder. */
  folder: string;
  /** What the gateway wrote to its log. */
  logged: string[];
  close(): Promise<void>;
}

export interface InstallationOptions {
  /** Data folder of an earlier installation, to be opened again; a fresh one when absent. */
  folder?: string;
  /** Base URL of the gateway. */
  publicUrl?: string;
  /** As `SOGLAS_VENDORS` takes it. */
  vendors?: object;
  /** Variables of the environment beside those that the options stand for. */
  env?: Record<string, string>;
  /** As `SOGLAS_WITNESSES` takes them. */
  witnesses?: object[];
  /** Built widget; the fixture's few bytes when absent. */
  widgetBuild?: string;
  budget?: Partial<BudgetOptions>;
  /** Ways through the OpenID provider that are begun or ended. */
  signInsPerMinute?: number;
  /** Who asks and where they are; by default nobody knows. */
  observe?: Partial<ObserveOptions>;
  clock?: Clock;
  /** Which of the demo's sites are published; all when absent. */
  sites?: string[];
  /** PostgreSQL instead of the embedded database, and the secret its replicas share. */
  replica?: { url: string; keysUrl: string; secret: string; marks?: string };
}

const root = join(import.meta.dirname, "../..");

export async function openInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "soglas-gateway-")));
  const logged: string[] = [];
  const logger = jsonLogger("info", (line) => logged.push(line));
  const settings = readSettings({
    SOGLAS_DATA: folder,
    SOGLAS_PUBLIC_URL: options.publicUrl ?? "https://gateway.example",
    SOGLAS_VENDORS: JSON.stringify(options.vendors ?? {}),
    SOGLAS_WITNESSES: JSON.stringify(options.witnesses ?? []),
    // Of replicas none has signed everything.
    ...(!options.replica && { SOGLAS_HIGHWATER: `${folder}-marks` }),
    ...(options.replica && {
      SOGLAS_DATABASE_URL: options.replica.url,
      SOGLAS_KEYS_URL: options.replica.keysUrl,
      SOGLAS_SECRET: options.replica.secret,
      SOGLAS_HIGHWATER_URL: options.replica.marks,
    }),
    ...options.env,
  });
  const gateway = await openGateway(settings, {
    logger,
    widgetBuild: options.widgetBuild ?? join(root, "test/sites/fixtures/widget"),
    server: true,
    ...(options.clock && { clock: options.clock }),
  });
  if (options.sites === undefined) await publishFolder(gateway.sites, join(root, "demo/sites"));
  for (const site of options.sites ?? [])
    await gateway.sites.publish(await readSiteDirectory(join(root, "demo/sites", site)));
  const app = createApp({
    ...gateway,
    logger,
    metrics: createMetrics({ eventTotals: gateway.balance.totals }),
    budget: visitorBudget({
      sitePerSecond: 1000,
      addressPerMinute: 10_000,
      address: () => "",
      ...options.budget,
    }),
    signInBudget: visitorBudget({
      sitePerSecond: 1000,
      addressPerMinute: options.signInsPerMinute ?? 10_000,
      address: () => "",
    }),
    observe: createObserve({
      client: () => clientResolver([])({ socket: undefined, forwardedFor: undefined }),
      locate: () => nowhere,
      countryHeader: null,
      ...options.observe,
    }),
    prefix: new URL(settings.publicUrl).pathname.replace(/\/$/, ""),
    consoleBuild: join(root, "dist/console"),
    verifyBuild: join(root, "dist/verify"),
  });
  return {
    gateway,
    app,
    folder,
    logged,
    async close() {
      await gateway.close();
      for (const each of [folder, `${folder}-marks`])
        await rm(each, { recursive: true, force: true });
    },
  };
}
