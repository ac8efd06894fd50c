/**
 * Which kinds of decisions a filter means: as a condition for the database, which has the index of kinds,
 * and as a function for records at hand.
 */
import { sql, type Expression, type Kysely, type SqlBool } from "kysely";
import type { RecordFilter } from "../../contract/staff/search.ts";
import type { Database } from "../../storage/schema.ts";
import { kindColumns, stateWord, type Kind } from "./kinds.ts";

/** A condition on the row of `record_kinds` that a statement calls `kind`; null: every kind. */
export type KindCondition = Expression<SqlBool> | null;

/** Columns that a filter compares as they are. */
const plain = ["action", "place", "control", "language", "browser", "device"] as const;

/** @param filter what it says of time, validity, visitor or record is left out. */
export async function kindCondition(
  db: Kysely<Database>,
  site: string,
  filter: RecordFilter,
): Promise<KindCondition> {
  const configs = await meantConfigs(db, site, filter);
  const conditions: Expression<SqlBool>[] = plain.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [sql<SqlBool>`${sql.ref(`kind.${name}`)} = ${value}`];
  });
  if (filter.country !== undefined)
    conditions.push(sql`kind.country = ${filter.country === "none" ? "" : filter.country}`);
  if (configs !== null)
    conditions.push(configs.length === 0 ? sql`1 = 0` : sql`kind.config in (${sql.join(configs)})`);
  for (const { column, id, state } of states(filter))
    conditions.push(sql`${sql.ref(`kind.${column}`)} like ${`%${stateWord(id, state)}%`}`);
  if (conditions.length === 0) return null;
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** The same as a function. */
export async function kindMatcher(
  db: Kysely<Database>,
  site: string,
  filter: RecordFilter,
): Promise<(kind: Kind) => boolean> {
  const configs = await meantConfigs(db, site, filter);
  return (kind) => {
    const columns = kindColumns(kind);
    return (
      (configs === null || configs.includes(kind.config)) &&
      plain.every((name) => filter[name] === undefined || columns[name] === filter[name]) &&
      (filter.country === undefined || (kind.country ?? "none") === filter.country) &&
      states(filter).every(({ column, id, state }) =>
        columns[column].includes(stateWord(id, state)),
      )
    );
  };
}

function states({ purpose, purposeState, service, serviceState }: RecordFilter) {
  return [
    { column: "purposes" as const, id: purpose, state: purposeState ?? "granted" },
    { column: "services" as const, id: service, state: serviceState ?? "granted" },
  ].flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ id, ...rest }]));
}

/** Records name configurations, of which a site has few; versions and policies are named by these. */
async function meantConfigs(
  db: Kysely<Database>,
  site: string,
  { version, config, policy }: RecordFilter,
): Promise<string[] | null> {
  if (version === undefined && config === undefined && policy === undefined) return null;
  const rows = await db
    .selectFrom("configs")
    .innerJoin("site_versions", (join) =>
      join
        .onRef("site_versions.site", "=", "configs.site")
        .onRef("site_versions.hash", "=", "configs.version"),
    )
    .select("configs.hash")
    .where("configs.site", "=", site)
    .$if(version !== undefined, (query) => query.where("configs.version", "=", version ?? ""))
    .$if(config !== undefined, (query) => query.where("configs.hash", "=", config ?? ""))
    .$if(policy !== undefined, (query) =>
      query.where("site_versions.policy_hash", "=", policy ?? ""),
    )
    .execute();
  return rows.map(({ hash }) => hash);
}
