/** Which kinds of decisions a filter means. */
import type { Kysely } from "kysely";
import type { RecordFilter } from "../../contract/staff-search.ts";
import type { Database } from "../../storage/schema.ts";
import type { Kind } from "./kinds.ts";

/** A filter without what kinds do not say. */
export type KindFilter = Omit<
  RecordFilter,
  "consentId" | "record" | "from" | "to" | "untilFrom" | "untilTo"
>;

const besideKinds: ReadonlySet<string> = new Set<keyof RecordFilter>([
  "consentId",
  "record",
  "from",
  "to",
  "untilFrom",
  "untilTo",
]);

/** Whether a filter tells kinds apart at all. */
export function restrictsKinds(filter: RecordFilter): boolean {
  return Object.entries(filter).some(
    ([name, value]) => value !== undefined && !besideKinds.has(name),
  );
}

/**
 * Says of a kind whether it is meant. Versions and policies are looked up once: records name
 * configurations, of which a site has few.
 */
export async function kindMatcher(
  db: Kysely<Database>,
  site: string,
  filter: KindFilter,
): Promise<(kind: Kind) => boolean> {
  const configs = await meantConfigs(db, site, filter);
  const { purpose, service, action, place, control, language, country, browser, device } = filter;
  const { purposeState = "granted", serviceState = "granted" } = filter;
  return (kind) =>
    (configs === null || configs.has(kind.config)) &&
    (purpose === undefined || stateOf(kind.purposes, purpose) === purposeState) &&
    (service === undefined || stateOf(kind.services, service) === serviceState) &&
    (action === undefined || kind.action === action) &&
    (place === undefined || kind.place === place) &&
    (control === undefined || kind.control === control) &&
    (language === undefined || kind.language === language) &&
    (country === undefined || (kind.country ?? "none") === country) &&
    (browser === undefined || family(kind.browser) === browser) &&
    (device === undefined || kind.device === device);
}

/** An id such as `constructor` names no state. */
const stateOf = (states: Record<string, string>, id: string) =>
  Object.hasOwn(states, id) ? states[id] : undefined;

/** Records hold the family, with a version or without: `Firefox 140`. */
const family = (browser: string) => browser.split(" ", 1)[0]!.toLowerCase();

async function meantConfigs(
  db: Kysely<Database>,
  site: string,
  { version, config, policy }: KindFilter,
): Promise<Set<string> | null> {
  if (version === undefined && config === undefined && policy === undefined) return null;
  const rows = await db
    .selectFrom("configs")
    .innerJoin("site_versions", (join) =>
      join
        .onRef("site_versions.site", "=", "configs.site")
        .onRef("site_versions.hash", "=", "configs.version"),
    )
    .select(["configs.hash", "configs.version", "site_versions.policy_hash"])
    .where("configs.site", "=", site)
    .execute();
  const meant = rows.filter(
    (row) =>
      (version === undefined || row.version === version) &&
      (config === undefined || row.hash === config) &&
      (policy === undefined || row.policy_hash === policy),
  );
  return new Set(meant.map(({ hash }) => hash));
}
