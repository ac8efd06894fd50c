/**
 * The delivery ledger, read: how many events were forwarded under which decision, and nothing of what
 * they held. settle.ts writes it.
 */
import { sql } from "kysely";
import type { DeliveriesQuery, DeliveryList } from "../../contract/staff/events.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";

export interface Deliveries {
  list(query: DeliveriesQuery): Promise<DeliveryList>;
}

export function openDeliveries({ storage }: { storage: { main: Store<Database> } }): Deliveries {
  return {
    async list({ site, from, to, service, record, cursor, limit }) {
      const { read } = storage.main;
      const after = cursor?.split("~") ?? [];
      const decision =
        record === undefined
          ? undefined
          : await read
              .selectFrom("record_ids")
              .select(["log", "idx"])
              .where("site", "=", site)
              .where("id", "=", Buffer.from(record, "base64url"))
              .executeTakeFirst();
      if (record !== undefined && !decision) return { site, deliveries: [], next: null };
      const rows = await read
        .selectFrom("deliveries as d")
        .innerJoin("logs as l", "l.id", "d.log")
        .leftJoin("records as r", (join) =>
          join.onRef("r.log", "=", "d.log").onRef("r.idx", "=", "d.idx"),
        )
        .select(["d.day", "d.service", "d.log", "l.origin", "d.idx", "d.count", "r.id"])
        .where("d.site", "=", site)
        .$if(from !== undefined, (query) => query.where("d.day", ">=", from ?? ""))
        .$if(to !== undefined, (query) => query.where("d.day", "<=", to ?? ""))
        .$if(service !== undefined, (query) => query.where("d.service", "=", service ?? ""))
        .$if(decision !== undefined, (query) =>
          query.where("d.log", "=", decision?.log ?? 0).where("d.idx", "=", decision?.idx ?? 0),
        )
        .$if(cursor !== undefined, (query) =>
          query.where(
            sql<boolean>`(d.service, d.day, d.log, d.idx) > (${after[0]}, ${after[1]}, ${Number(after[2])}, ${Number(after[3])})`,
          ),
        )
        .orderBy("d.service")
        .orderBy("d.day")
        .orderBy("d.log")
        .orderBy("d.idx")
        // One more than asked for tells whether there is a next page.
        .limit(limit + 1)
        .execute();
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        site,
        deliveries: page.map((row) => ({
          day: row.day,
          service: row.service,
          log: row.origin,
          index: row.idx,
          record: row.id && Buffer.from(row.id).toString("base64url"),
          count: row.count,
        })),
        next:
          last && rows.length > limit
            ? `${last.service}~${last.day}~${last.log}~${last.idx}`
            : null,
      };
    },
  };
}
