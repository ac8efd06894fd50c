/** An installation in a temporary folder, with the demo clinic's two sites published and no server. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import { openBalance } from "../../gateway/events/balance.ts";
import { openDeliveries } from "../../gateway/events/deliveries.ts";
import { purgeSubject } from "../../gateway/events/purge.ts";
import { openDeadLetters } from "../../gateway/events/dead-letters.ts";
import { vendorEndpoints, vendors } from "../../gateway/events/vendors.ts";
import { createBacklog } from "../../gateway/log/backlog.ts";
import { openErasures } from "../../gateway/log/erasure/erasures.ts";
import type { Appended, ConsentLog, Observed } from "../../gateway/log/log.ts";
import { openLog } from "../../gateway/log/open.ts";
import { createIntegrator, type Integrator } from "../../gateway/log/integrator.ts";
import { openPublished } from "../../gateway/log/published.ts";
import { openReader } from "../../gateway/log/reader.ts";
import { openReceipts } from "../../gateway/log/receipts.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { consoleRoutes } from "../../gateway/routes/console.ts";
import { toHttpError } from "../../gateway/routes/failures.ts";
import { errorResponse, HttpError, type HttpEnv } from "../../gateway/routes/http.ts";
import { staffRoutes } from "../../gateway/routes/staff.ts";
import { installationSecret } from "../../gateway/secret.ts";
import { storeBuild } from "../../gateway/sites/builds.ts";
import { openSites } from "../../gateway/sites/open.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import type { Sites } from "../../gateway/sites/sites.ts";
import { openExports } from "../../gateway/staff/export/exports.ts";
import { openProofs } from "../../gateway/staff/proofs.ts";
import { openRates } from "../../gateway/staff/rates.ts";
import { staffRecords } from "../../gateway/staff/records.ts";
import { createIndexer, type Indexer } from "../../gateway/staff/search/indexer.ts";
import { openSearch } from "../../gateway/staff/search/search.ts";
import { openStaff, type Staff } from "../../gateway/staff/staff.ts";
import { openStorage } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";

const root = join(import.meta.dirname, "../..");

export interface Installation {
  app: Hono<HttpEnv>;
  storage: Storage;
  staff: Staff;
  sites: Sites;
  log: ConsentLog;
  integrator: Integrator;
  indexer: Indexer;
  clock: { now(): number; advance(milliseconds: number): void };
  /** Records a decision through the log: a refusal of everything unless the body says otherwise. */
  decide(
    site: string,
    body?: Partial<DecisionBody>,
    observed?: Partial<Observed>,
  ): Promise<Appended>;
  close(): Promise<void>;
}

export interface InstallationOptions {
  /** Unix milliseconds at which the clock stands until it is advanced. */
  start?: number;
  publicUrl?: string;
  sites?: string[];
}

/** 22 characters of base64url: a record id, or a subject's secret. */
export const randomId = (): string => randomBytes(16).toString("base64url");

export async function openInstallation({
  start = Date.UTC(2026, 4, 4, 9, 0, 0),
  publicUrl = "http://localhost:8787",
  sites: published = ["clinic", "clinic-eu"],
}: InstallationOptions = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-staff-"));
  let now = start;
  const clock = {
    now: () => now,
    advance(milliseconds: number) {
      now += milliseconds;
    },
  };
  const secret = installationSecret(randomBytes(32));
  const storage = await openStorage({ engine: "sqlite", folder, server: true });
  const backlog = createBacklog();
  const log = openLog({ storage, secret, clock, backlog });
  const build = await storeBuild(storage, join(root, "test/sites/fixtures/widget"), clock);
  const sites = await openSites({
    storage,
    log,
    clock,
    build,
    publicUrl,
    scripts: vendorEndpoints.parse({}),
    serviceVendors: vendors,
  });
  for (const site of published)
    await sites.publish(await readSiteDirectory(join(root, "demo/sites", site)));
  const staff = openStaff({ storage, clock, secret });
  const records = openReader({ storage, secret, clock });
  const erasures = openErasures({
    storage,
    secret,
    clock,
    logger: jsonLogger("silent"),
    purgeEvents: purgeSubject,
    backlog,
    refusalDays: async () => 180,
    retention: async () => [],
  });

  const app = new Hono<HttpEnv>();
  app.use(async (c, next) => {
    c.set("requestId", "request-1");
    await next();
  });
  app.notFound((c) => errorResponse(c, new HttpError("not_found", "nothing here")));
  app.onError((error, c) => errorResponse(c, toHttpError(error)));
  const shown = openPublished({ storage, clock });
  const receipts = openReceipts({ storage, records, published: shown });
  const proofs = openProofs({ receipts, published: shown });
  const search = openSearch({ storage, records });
  const logger = jsonLogger("silent");
  const integrator = createIntegrator({
    storage,
    secret,
    clock,
    logger,
    backlog,
    publish: shown.publish,
  });
  const routes = staffRoutes({
    staff,
    staffRecords: staffRecords({ records, sites, search, proofs }),
    rates: openRates({ storage, clock }),
    exports: openExports({ storage, search, published: shown, sites, clock, publicUrl }),
    logger,
    balance: openBalance({ storage }),
    deliveries: openDeliveries({ storage }),
    erasures,
    deadLetters: openDeadLetters({ storage, clock, onQueued: () => undefined }),
    sites,
    clock,
    publicUrl,
  });
  app.route("/", routes);
  app.route("/", consoleRoutes({ consoleBuild: join(root, "dist/console") }));

  return {
    app,
    storage,
    staff,
    sites,
    log,
    integrator,
    indexer: createIndexer({ storage, backlog, logger }),
    clock,
    async decide(site, changed = {}, observed = {}) {
      const config = (await sites.effective(site))!;
      const asked = config.site.purposes.filter((purpose) => !purpose.essential);
      const body: DecisionBody = {
        v: 1,
        id: randomId(),
        secret: randomId(),
        counter: 1,
        time: Math.floor(now / 1000),
        action: "first",
        place: "banner",
        control: "refuse-all",
        offered: ["accept-all", "refuse-all", "choose"],
        config: config.hash,
        language: config.site.languages[0]!,
        theme: "light",
        viewport: "wide",
        purposes: Object.fromEntries(asked.map(({ id }) => [id, "denied"])),
        services: Object.fromEntries(config.site.services.map(({ id }) => [id, "denied"])),
        documents: [],
        page: "/",
        gpc: false,
        ...changed,
      };
      return log.append({
        site,
        body,
        bodyHash: createHash("sha256").update(JSON.stringify(body)).digest(),
        observed: {
          receivedAt: now,
          origin: config.site.origins[0]!,
          browser: "Firefox 140",
          device: "desktop",
          country: null,
          ...observed,
        },
        validDays: 180,
      });
    },
    async close() {
      await log.close();
      await storage.close();
      await rm(folder, { recursive: true });
    },
  };
}
