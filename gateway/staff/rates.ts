/** Rates of grants, refusals and withdrawals, read from counters: no record is looked at. */
import { sql, type Kysely } from "kysely";
import type { Clock } from "../clock.ts";
import type { Outcomes, Overview, RateKey, RateList, RatesQuery } from "../contract/staff/rates.ts";
import type { Database } from "../storage/schema.ts";
import type { Sites } from "../sites/sites.ts";
import type { Storage } from "../storage/storage.ts";
import { utcDay, type Dimension } from "./search/counts.ts";

export interface Rates {
  of(query: RatesQuery): Promise<RateList>;
  /** Every one of these sites over the last days, today included. */
  overview(
    sites: Pick<Overview["sites"][number], "id" | "name">[],
    days: number,
  ): Promise<Overview>;
}

const dimensions: Record<RateKey, Dimension> = {
  day: "all",
  version: "config",
  language: "language",
  country: "country",
  purpose: "purpose",
};

const day = 86_400;

export interface RatesDeps {
  storage: Pick<Storage, "main">;
  sites: Pick<Sites, "effective">;
  clock: Clock;
}

export function openRates(deps: RatesDeps): Rates {
  const db = deps.storage.main.read;

  return {
    async of({ site, from, to, by }) {
      const rows = await db
        .selectFrom("decision_counts")
        .select([by === "day" ? "day as key" : "value as key", "outcome"])
        .select(sql<number>`sum(records)`.as("records"))
        .where("site", "=", site)
        .where("dimension", "=", dimensions[by])
        .where("day", ">=", from)
        .where("day", "<=", to)
        .groupBy(["key", "outcome"])
        .execute();
      const versions = by === "version" ? await versionsOf(db, site) : null;
      const rates = new Map<string, Rate>();
      for (const { key: value, outcome, records } of rows) {
        const key = versions?.get(value) ?? value;
        const rate = rates.get(key) ?? { key, records: 0, counts: {} };
        rates.set(key, rate);
        rate.records += Number(records);
        rate.counts[outcome] = (rate.counts[outcome] ?? 0) + Number(records);
      }
      const inOrder = [...rates.values()].toSorted((a, b) =>
        by === "day" ? compare(a.key, b.key) : b.records - a.records || compare(a.key, b.key),
      );
      if (by !== "purpose") return { site, by, rates: inOrder };
      const asked = (await deps.sites.effective(site))?.site.purposes ?? [];
      const names = new Map(asked.map(({ id, name }) => [id, name]));
      return { site, by, rates: inOrder.map((rate) => named(rate, names.get(rate.key))) };
    },

    async overview(sites, days) {
      const now = deps.clock.now() / 1000;
      const from = utcDay(now - (days - 1) * day);
      const to = utcDay(now);
      const all = sites.map(({ id, name }) => ({ id, name, totals: none(), days: new Map() }));
      const bySite = new Map<string, { totals: Outcomes; days: Map<string, Outcomes> }>(
        all.map((site) => [site.id, site]),
      );
      if (all.length > 0)
        for (const { site, day, outcome, records } of await totals(
          db,
          [...bySite.keys()],
          from,
          to,
        )) {
          const counted = bySite.get(site)!;
          const ofDay = counted.days.get(day) ?? none();
          counted.days.set(day, ofDay);
          const name = outcome as keyof Outcomes;
          ofDay[name] += records;
          counted.totals[name] += records;
        }
      return {
        from,
        to,
        sites: all.map((site) => ({
          ...site,
          days: [...bySite.get(site.id)!.days]
            .toSorted(([a], [b]) => compare(a, b))
            .map(([day, counts]) => ({ day, ...counts })),
        })),
      };
    },
  };
}

type Rate = RateList["rates"][number];

const named = (rate: Rate, name: Rate["name"]): Rate => (name ? { ...rate, name } : rate);

const none = (): Outcomes => ({ granted: 0, partial: 0, refused: 0, withdrawn: 0 });

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

const totals = (db: Kysely<Database>, sites: string[], from: string, to: string) =>
  db
    .selectFrom("decision_counts")
    .select(["site", "day", "outcome", "records"])
    .where("site", "in", sites)
    .where("dimension", "=", "all")
    .where("day", ">=", from)
    .where("day", "<=", to)
    .execute();

/** Configuration → the site version it belongs to; a version is served with one widget build or several. */
async function versionsOf(db: Kysely<Database>, site: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("configs")
    .select(["hash", "version"])
    .where("site", "=", site)
    .execute();
  return new Map(rows.map(({ hash, version }) => [hash, version]));
}
