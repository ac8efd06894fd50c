/**
 * Logged configurations: a site version shown by a widget build from a moment on. The one with the latest
 * moment ≤ now is in effect; of several for one moment the one logged last.
 */
import type { Clock } from "../../clock.ts";
import { site as siteSchema } from "../../contract/site.ts";
import type { ConfigStatement, ConsentLog } from "../../log/log.ts";
import type { Storage } from "../../storage/storage.ts";
import { withWhatMayRun } from "../directory/jurisdictions.ts";
import { revisionOf } from "./revision.ts";
import type { SiteConfig } from "../sites.ts";
import { standingEntries, type TimelineEntry } from "./timeline.ts";

export interface ConfigDeps {
  storage: Storage;
  log: ConsentLog;
  clock: Clock;
  /** Hash of the widget build this gateway brings. */
  build: string;
}

/** A row of `configs` without its statement. */
interface LoggedConfig {
  hash: string;
  version: string;
  build: string;
  /** Unix milliseconds. */
  effectiveAt: number;
}

/** More rounds than publications that can meet by accident. */
const maximumRounds = 10;

/**
 * Sees to it that what counts now and what is announced stands in the log, each with this gateway's
 * widget build. Safe to repeat, and beside other gateways: nothing is logged twice, and where another
 * publication came in between, what the timeline says wins.
 * @returns the logged configuration of each standing timeline entry, by the entry's id
 */
export async function logStanding(
  deps: ConfigDeps,
  site: string,
): Promise<Map<number, LoggedConfig>> {
  let { logged, changed } = await logRound(deps, site, (config) => config.build === deps.build);
  // Another build in later rounds is another gateway's doing; the two must not outbid each other.
  for (let round = 2; changed && round <= maximumRounds; round++)
    ({ logged, changed } = await logRound(deps, site, () => true));
  return logged;
}

async function logRound(
  deps: ConfigDeps,
  site: string,
  fits: (config: LoggedConfig) => boolean,
): Promise<{ logged: Map<number, LoggedConfig>; changed: boolean }> {
  const entries = await standingEntries(deps.storage.main.read, site, deps.clock.now());
  const logged = new Map<number, LoggedConfig>();
  let changed = false;
  for (const [position, entry] of entries.entries()) {
    const winner = await latestConfig(deps.storage, site, {
      from: entry.effectiveAt,
      before: entries[position + 1]?.effectiveAt ?? Number.MAX_SAFE_INTEGER,
    });
    const stands = winner?.version === entry.version && fits(winner);
    logged.set(
      entry.id,
      stands ? winner : await logEntry(deps, site, entry, winner?.effectiveAt ?? 0),
    );
    changed ||= !stands;
  }
  return { logged, changed };
}

/** The configuration that is in effect at a moment, or null before the first. */
export function configAt(
  storage: Storage,
  site: string,
  now: number,
): Promise<LoggedConfig | null> {
  return latestConfig(storage, site, { from: 0, before: now + 1 });
}

async function latestConfig(
  storage: Storage,
  site: string,
  { from, before }: { from: number; before: number },
): Promise<LoggedConfig | null> {
  const row = await storage.main.read
    .selectFrom("configs")
    .select(["hash", "version", "build", "effective_at"])
    .where("site", "=", site)
    .where("effective_at", ">=", from)
    .where("effective_at", "<", before)
    .orderBy("effective_at", "desc")
    .orderBy("log", "desc")
    .orderBy("idx", "desc")
    .limit(1)
    .executeTakeFirst();
  return (
    (row && {
      hash: row.hash,
      version: row.version,
      build: row.build,
      effectiveAt: row.effective_at,
    }) ??
    null
  );
}

/**
 * Logs an entry of the timeline with the current build, to count now or from its announced moment on.
 * @param after moment of what stands in its place, if anything does
 */
export async function logEntry(
  { storage, log, clock, build }: ConfigDeps,
  site: string,
  entry: TimelineEntry,
  after: number,
): Promise<LoggedConfig> {
  const row = await storage.main.read
    .selectFrom("site_versions")
    .selectAll()
    .where("site", "=", site)
    .where("hash", "=", entry.version)
    .executeTakeFirstOrThrow();
  let effectiveAt = Math.max(entry.effectiveAt, wholeSecond(clock.now()), after);
  // A statement is logged once; going back to what already counted within this second needs the next one.
  while (await isLogged(storage, { site, version: entry.version, build, effectiveAt }))
    effectiveAt += 1000;
  const statement: ConfigStatement = {
    v: 1,
    site,
    version: entry.version,
    build,
    configuration: row.configuration_hash,
    policy: row.policy_hash,
    consent: row.consent_hash,
    texts: row.texts_hash,
    revision: revisionOf(siteSchema.parse(JSON.parse(row.configuration)), row.consent_hash),
    effective: effectiveAt / 1000,
  };
  const { hash } = await log.appendConfig(statement);
  return { hash, version: entry.version, build, effectiveAt };
}

async function isLogged(
  storage: Storage,
  { site, version, build, effectiveAt }: Omit<LoggedConfig, "hash"> & { site: string },
): Promise<boolean> {
  const row = await storage.main.read
    .selectFrom("configs")
    .select("hash")
    .where("site", "=", site)
    .where("version", "=", version)
    .where("build", "=", build)
    .where("effective_at", "=", effectiveAt)
    .executeTakeFirst();
  return row !== undefined;
}

/** A logged configuration with the site it describes, or null when it was never logged for this site. */
export async function readConfig(
  storage: Storage,
  site: string,
  hash: string,
): Promise<SiteConfig | null> {
  const row = await storage.main.read
    .selectFrom("configs")
    .innerJoin("site_versions", (join) =>
      join
        .onRef("site_versions.site", "=", "configs.site")
        .onRef("site_versions.hash", "=", "configs.version"),
    )
    .select([
      "configs.hash",
      "configs.version",
      "configs.build",
      "configs.statement",
      "configs.effective_at",
      "site_versions.configuration",
      "site_versions.policy_hash",
      "site_versions.consent_hash",
    ])
    .where("configs.site", "=", site)
    .where("configs.hash", "=", hash)
    .executeTakeFirst();
  if (!row) return null;
  const published = siteSchema.parse(JSON.parse(row.configuration));
  const statement = JSON.parse(new TextDecoder().decode(row.statement)) as ConfigStatement;
  return {
    site: withWhatMayRun(published),
    hash: row.hash,
    version: row.version,
    build: row.build,
    revision: statement.revision,
    effectiveAt: row.effective_at,
    policyHash: row.policy_hash,
    consentHash: row.consent_hash,
  };
}

/** The start of a second, in milliseconds: statements count in whole seconds. */
export const wholeSecond = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;
