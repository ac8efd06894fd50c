/**
 * Everything a gateway consists of, opened in order and closed in reverse: what the server and the
 * commands share.
 */
import { mkdir, stat } from "node:fs/promises";
import { systemClock, type Clock } from "./clock.ts";
import type { Settings } from "./env.ts";
import { openDeadLetters, type DeadLetters } from "./events/outbox/dead-letters.ts";
import { openBalance, type Balance } from "./events/accounts/balance.ts";
import { openDeliveries, type Deliveries } from "./events/accounts/deliveries.ts";
import { createForwarder, type Forwarder } from "./events/forwarding/forwarder.ts";
import { openDoors } from "./events/intake/door.ts";
import { createIngest, type Ingest } from "./events/intake/ingest.ts";
import { createServerIngest, type ServerIngest } from "./events/intake/server-events.ts";
import { purgeSubject } from "./events/outbox/purge.ts";
import { vendors as reachedVendors } from "./events/vendors.ts";
import { openErasures, type Erasures } from "./log/erasure/erasures.ts";
import { createBacklog } from "./log/backlog.ts";
import { openGuard, type Guard } from "./log/guard/guard.ts";
import { createIntegrator, type Integrator } from "./log/integrator.ts";
import type { ConsentLog } from "./log/log.ts";
import { openLog } from "./log/open.ts";
import { openPublished, type Published } from "./log/published.ts";
import { openReader, type LogReader } from "./log/reader.ts";
import { openReceipts, type Receipts } from "./log/receipts.ts";
import { tokens as eventTokens, type Tokens } from "./log/token.ts";
import { openWitnessing, type Witnessing } from "./log/witness/open.ts";
import type { Logger } from "./logger.ts";
import { openMarks, prepareMarks, type Marks, type MarksPlace } from "./marks.ts";
import {
  decode,
  installationSecret,
  readOrCreateSecret,
  type InstallationSecret,
} from "./secret.ts";
import { buildInUse, storeBuild } from "./sites/builds.ts";
import { openHistory, type SiteHistory } from "./sites/history/history.ts";
import { openHandovers, type Handovers } from "./sites/handovers.ts";
import { openSites } from "./sites/open.ts";
import { serviceVendors } from "./sites/tags.ts";
import type { Sites } from "./sites/sites.ts";
import { openExports, type Exports } from "./staff/export/exports.ts";
import { openProofs } from "./staff/proofs.ts";
import { openRates, type Rates } from "./staff/rates.ts";
import { staffRecords, type StaffRecords } from "./staff/records.ts";
import { createIndexer, type Indexer } from "./staff/search/indexer.ts";
import { openSearch } from "./staff/search/search.ts";
import { openStaff, type Staff } from "./staff/staff.ts";
import { openStorage } from "./storage/open.ts";
import type { Storage } from "./storage/storage.ts";

export interface Gateway {
  clock: Clock;
  storage: Storage;
  log: ConsentLog;
  records: LogReader;
  integrator: Integrator;
  guard: Guard | null;
  /** Where the high-water marks are; known to a server only. */
  marks: MarksPlace | null;
  published: Published;
  witnessing: Witnessing;
  receipts: Receipts;
  erasures: Erasures;
  tokens: Tokens;
  sites: Sites;
  history: SiteHistory;
  handovers: Handovers;
  ingest: Ingest;
  serverIngest: ServerIngest;
  forwarder: Forwarder;
  deadLetters: DeadLetters;
  staff: Staff;
  staffRecords: StaffRecords;
  exports: Exports;
  indexer: Indexer;
  rates: Rates;
  balance: Balance;
  deliveries: Deliveries;
  publicUrl: string;
  /** Resolves when the databases answer, for writing too. */
  ready(): Promise<void>;
  /** Finishes what is under way, at most 10 s; what was not delivered stays in the outbox. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  logger: Logger;
  clock?: Clock;
  /** Folder of the built widget: stored by content hash, a server's becomes the build in effect. */
  widgetBuild: string;
  /** Takes the lock of the embedded database: one server process per data folder. */
  server: boolean;
}

/**
 * @throws {StorageError} when the database cannot be opened, {RangeError} when the installation secret
 *   is too short, {Error} when the widget is not built; nothing stays open then
 */
export async function openGateway(settings: Settings, options: GatewayOptions): Promise<Gateway> {
  const { logger, clock = systemClock } = options;
  const secret = await openSecret(settings);
  const storage = await openStorage(
    settings.database
      ? { engine: "postgres", ...settings.database }
      : { engine: "sqlite", folder: settings.data, server: options.server },
  );
  let marks: Marks | undefined;
  try {
    const used = options.server ? null : await buildInUse(storage);
    const build = used ?? (await storeBuild(storage, options.widgetBuild, clock));
    const place = options.server ? await prepareMarks(settings, secret) : null;
    marks = await openMarks(settings, secret);
    const gateway = await assemble(settings, { storage, secret, clock, logger }, build, marks);
    // Nothing is added to a log that must not be signed.
    if (options.server) {
      await gateway.witnessing.look();
      await gateway.integrator.examine();
    }
    return { ...gateway, marks: place };
  } catch (error) {
    await marks?.close();
    await storage.close();
    throw error;
  }
}

interface Base {
  storage: Storage;
  secret: InstallationSecret;
  clock: Clock;
  logger: Logger;
}

async function assemble(
  settings: Settings,
  base: Base,
  build: string,
  marks: Marks,
): Promise<Omit<Gateway, "marks">> {
  const { storage, secret, clock } = base;
  const { publicUrl, vendors } = settings;
  const tokens = eventTokens(secret);
  const backlog = createBacklog();
  const log = openLog({ ...base, backlog });
  const records = openReader(base);
  const witnessing = openWitnessing({
    ...base,
    published: openPublished(base),
    witnesses: settings.witnesses,
    fetch,
  });
  const { published } = witnessing;
  const guard = marks.highWater && openGuard(marks.highWater);
  const integrator = createIntegrator({
    ...base,
    guard: witnessing.guarded(guard),
    backlog,
    publish: published.publish,
  });
  const sites = await openSites({
    storage,
    log,
    clock,
    publicUrl,
    scripts: vendors,
    serviceVendors: serviceVendors(reachedVendors),
    build,
  });
  const forwarder = createForwarder({
    ...base,
    log,
    sites,
    endpoints: vendors,
    deadLetterDays: settings.deadLetterDays,
  });
  const intake = {
    storage,
    tokens,
    doors: openDoors(base),
    onQueued: () => forwarder.wake(),
  };
  const ingest = createIngest(intake);
  const erasures = openErasures({
    ...base,
    purgeEvents: purgeSubject,
    backlog,
    refusalDays: async (site, config) =>
      (await sites.logged(site, config))!.site.validity.refusalDays,
    retention: async () =>
      (await sites.list()).map(({ id, config }) => ({
        site: id,
        days: config.site.retention.days,
        dropYears: config.site.retention.dropYears,
      })),
  });
  const receipts = openReceipts({ storage, records, published });
  const search = openSearch({ storage, records });
  const proofs = openProofs({ receipts, published });
  const indexer = createIndexer({ ...base, backlog });
  return {
    clock,
    storage,
    log,
    records,
    integrator,
    guard,
    published,
    witnessing,
    receipts,
    erasures,
    tokens,
    sites,
    history: openHistory({ ...base, sites }),
    handovers: openHandovers(base),
    ingest,
    serverIngest: createServerIngest({ ...intake, ...base }),
    forwarder,
    deadLetters: openDeadLetters({ storage, clock, onQueued: () => forwarder.wake() }),
    staff: openStaff({ ...base, openId: settings.openId, publicUrl }),
    staffRecords: staffRecords({ records, sites, search, proofs }),
    exports: openExports({ storage, search, published, sites, clock, publicUrl }),
    indexer,
    rates: openRates({ ...base, sites }),
    balance: openBalance(base),
    deliveries: openDeliveries(base),
    publicUrl,
    async ready() {
      // The writer and the key store too: without either no decision can be recorded.
      await Promise.all([
        storage.main.transaction((trx) => trx.selectFrom("sites").select("id").limit(1).execute()),
        storage.keys.read.selectFrom("subject_keys").select("created_at").limit(1).execute(),
      ]);
    },
    async close() {
      await Promise.all([
        forwarder.stop(),
        ingest.close(),
        log.close(),
        erasures.stop(),
        indexer.stop(),
      ]);
      await Promise.all([integrator.stop(), witnessing.stop()]);
      await marks.close();
      await storage.close();
    },
  };
}

/** The data folder also holds the secret, unless the environment brings one. */
async function openSecret(settings: Settings): Promise<InstallationSecret> {
  if (settings.secret === null || settings.database === null) await makeFolder(settings.data);
  return settings.secret === null
    ? readOrCreateSecret(settings.data)
    : installationSecret(decode(settings.secret));
}

/** Not recursive: a mistyped path is an error, not a new tree, and Node never returns from one in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    if (!isThere || !(await stat(path)).isDirectory()) throw error;
  }
}
