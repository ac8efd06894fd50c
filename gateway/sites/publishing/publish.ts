/** Publishing: a valid site directory becomes a version on the site's timeline. */
import type { Transaction } from "kysely";
import type { Issue } from "../../contract/errors.ts";
import type { Site } from "../../contract/site.ts";
import type { ServiceVendor } from "../../contract/vendors.ts";
import type { Database } from "../../storage/schema.ts";
import type { WidgetBuild } from "../builds.ts";
import { logEntry, logStanding, wholeSecond, type ConfigDeps } from "./logged-configs.ts";
import {
  PublishError,
  VersionConflict,
  type CheckOptions,
  type Published,
  type PublishOptions,
  type SiteFiles,
} from "../sites.ts";
import { addEntry, newestEntry, standingEntries, type TimelineEntry } from "./timeline.ts";
import { validateSite } from "../directory/validate.ts";
import { textIssues } from "../scripts/texts.ts";
import { storeVersion } from "./versions.ts";

interface PublishDeps extends ConfigDeps {
  publicUrl: string;
  /** Whose services a site may have. */
  serviceVendors: readonly ServiceVendor[];
  /** The build whose texts the site's languages need. */
  currentBuild: () => Promise<WidgetBuild>;
}

/** How far ahead a version may be announced, days. */
const longestNotice = 400;

/**
 * What is published, when nothing is wrong with it.
 * @throws {PublishError} with every problem at once
 */
export async function examineSite(
  deps: Pick<PublishDeps, "serviceVendors" | "currentBuild" | "clock">,
  files: SiteFiles,
  options: CheckOptions,
): Promise<Site> {
  const { site, texts } = validateSite(files, deps.serviceVendors);
  refuse([
    ...textIssues(site, texts, await deps.currentBuild()),
    ...(options.site === undefined || options.site === site.id ? [] : otherSite),
    ...dateIssues(options, deps.clock.now()),
  ]);
  return site;
}

const otherSite: Issue[] = [
  {
    path: "site.json: id",
    message: "is the id of another site; a version keeps the id of its site",
  },
];

/** @throws {PublishError} with every problem at once; {VersionConflict} */
export async function publishSite(
  deps: PublishDeps,
  files: SiteFiles,
  options: PublishOptions,
): Promise<Published> {
  const site = await examineSite(deps, files, options);
  const now = deps.clock.now();

  const { entry, fresh } = await deps.storage.main.transaction(async (trx) => {
    await ownSite(trx, site, site.log.name ?? defaultLogName(deps.publicUrl, site.id), now);
    const version = await storeVersion(trx, site, files, now);
    const newest = await newestEntry(trx, site.id);
    const standing = await standingEntries(trx, site.id, now);
    const wanted = options.effectiveAt === undefined ? null : wholeSecond(options.effectiveAt);
    const stands = newest?.version === version && standing.some(({ id }) => id === newest.id);
    if (stands && (wanted === null || wanted === newest.effectiveAt))
      return { entry: newest, fresh: false };
    if (options.expected !== undefined && newest?.version !== options.expected)
      throw new VersionConflict();
    const entry = await addEntry(trx, site.id, {
      version,
      publishedAt: now,
      effectiveAt: wanted ?? wholeSecond(now),
      publishedBy: options.publishedBy ?? null,
    });
    return { entry, fresh: true };
  });

  // After the commit, and repeated at every start: a crash in between leaves nothing unlogged for good.
  const config = await logPublished(deps, site.id, entry);
  return {
    site: site.id,
    version: entry.version,
    config: config.hash,
    effectiveAt: config.effectiveAt,
    fresh,
  };
}

/** Logs an entry just made, also when another publication has taken its place meanwhile. */
async function logPublished(deps: ConfigDeps, site: string, entry: TimelineEntry) {
  const standing = (await logStanding(deps, site)).get(entry.id);
  if (standing) return standing;
  const superseded = await logEntry(deps, site, entry, entry.effectiveAt);
  await logStanding(deps, site);
  return superseded;
}

function refuse(issues: Issue[]): void {
  if (issues.length > 0) throw new PublishError(issues);
}

function dateIssues({ effectiveAt }: CheckOptions, now: number): Issue[] {
  if (effectiveAt === undefined) return [];
  const issue = (message: string): Issue[] => [{ path: "effectiveAt", message }];
  if (!Number.isSafeInteger(effectiveAt)) return issue("must be a date");
  if (effectiveAt < wholeSecond(now))
    return issue("must not lie in the past: what visitors were shown is not changed afterwards");
  if (effectiveAt > now + longestNotice * 86_400_000)
    return issue(`must lie within ${longestNotice} days from now`);
  return [];
}

/**
 * Makes the site at its first publication, with the name of its logs, and locks its row until the
 * transaction ends, so that publications of one site follow each other.
 */
async function ownSite(
  trx: Transaction<Database>,
  site: Site,
  logName: string,
  now: number,
): Promise<void> {
  await trx
    .insertInto("sites")
    .values({ id: site.id, log_name: logName, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .updateTable("sites")
    .set((column) => ({ created_at: column.ref("created_at") }))
    .where("id", "=", site.id)
    .execute();
  const row = await trx
    .selectFrom("sites")
    .select("log_name")
    .where("id", "=", site.id)
    .executeTakeFirst();
  const path = "site.json: log.name";
  if (!row)
    throw new PublishError([{ path, message: "is the log of another site; choose another name" }]);
  if (site.log.name !== undefined && site.log.name !== row.log_name)
    throw new PublishError([
      {
        path,
        message:
          "is fixed by the first publication and cannot change: receipts name it; restore it or remove the field",
      },
    ]);
}

/** Where the log stands, without a scheme, as C2SP recommends for origins. */
function defaultLogName(publicUrl: string, site: string): string {
  const { hostname, pathname } = new URL(publicUrl);
  const name = `${hostname}${pathname.replace(/\/$/, "")}/log/${site}`.toLowerCase();
  return name.replace(/[^a-z0-9./-]+/g, "-").replace(/^[^a-z0-9]+/, "");
}
