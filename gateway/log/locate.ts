/**
 * Where records stand, by their ids. What is asked for in one turn of the event loop is one query: receipts
 * are fetched by many at once, and the query costs more than the proof.
 */
import type { Kysely } from "kysely";
import type { Database } from "../storage/schema.ts";
import { inList } from "../storage/shapes.ts";
import { recordIdBytes } from "./record.ts";

export interface Location {
  log: number;
  index: number;
  leaf: Uint8Array;
  isErased: boolean;
}

/** @param recordId base64url. @returns null when the site has no such record. */
export type Locate = (site: string, recordId: string) => Promise<Location | null>;

interface Waiting {
  recordId: string;
  resolve(found: Location | null): void;
  reject(error: unknown): void;
}

/** Ids of one query. */
const together = 256;

export function locator(db: Kysely<Database>): Locate {
  let sites = new Map<string, Waiting[]>();

  function ask(): void {
    const asked = sites;
    sites = new Map();
    for (const [site, waiting] of asked)
      for (let at = 0; at < waiting.length; at += together)
        void answer(site, waiting.slice(at, at + together));
  }

  async function answer(site: string, waiting: Waiting[]): Promise<void> {
    try {
      const found = await find(
        site,
        waiting.map(({ recordId }) => recordId),
      );
      for (const { recordId, resolve } of waiting) resolve(found.get(recordId) ?? null);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  async function find(site: string, recordIds: string[]): Promise<Map<string, Location>> {
    const rows = await db
      .selectFrom("record_ids")
      .innerJoin("entries", (join) =>
        join
          .onRef("entries.log", "=", "record_ids.log")
          .onRef("entries.idx", "=", "record_ids.idx"),
      )
      .select([
        "record_ids.id",
        "record_ids.log",
        "record_ids.idx",
        "record_ids.body_hash",
        "entries.leaf",
      ])
      .where("record_ids.site", "=", site)
      .where("record_ids.id", "in", inList(recordIds.map(recordIdBytes)))
      .execute();
    return new Map(
      rows.map(({ id, log, idx, leaf, body_hash }) => [
        Buffer.from(id).toString("base64url"),
        { log, index: idx, leaf, isErased: body_hash === null },
      ]),
    );
  }

  return (site, recordId) =>
    new Promise((resolve, reject) => {
      if (sites.size === 0) setImmediate(ask);
      const waiting = sites.get(site);
      if (waiting) waiting.push({ recordId, resolve, reject });
      else sites.set(site, [{ recordId, resolve, reject }]);
    });
}
