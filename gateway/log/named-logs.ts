/** Logs by their public names: which there are of a site, and whose signature is on them. */
import type { Kysely } from "kysely";
import { createCache } from "../cache.ts";
import type { Database } from "../storage/schema.ts";
import type { Signer } from "./tree/note.ts";

/** A log whose tree has been begun: nothing of this ever changes. */
export interface NamedLog {
  id: number;
  /** Origin and public key. */
  signer: Signer;
}

/** One link of a site's chain of logs, and how it stands. */
export interface LinkedLog {
  origin: string;
  year: number;
  epoch: number;
  /** Whether this gateway shows anything of it: of a lost log there may be nothing left. */
  isShown: boolean;
  /** Since when nothing is added to it, unix milliseconds, and why. */
  closed: { at: number; by: string } | null;
  dropped: { at: number; reason: string } | null;
}

export interface NamedLogs {
  /** A log by the site, the year it belongs to and its epoch, from 1; null while it has no tree. */
  find(site: string, year: number, epoch?: number): Promise<NamedLog | null>;
  byId(id: number): Promise<NamedLog | null>;
  /** Every log of a site that was ever signed, the oldest first. */
  list(site: string): Promise<LinkedLog[]>;
}

/** Logs kept in memory. */
const capacity = 2000;

export function openNamedLogs(db: Kysely<Database>): NamedLogs {
  const logs = createCache<NamedLog | null>({ capacity });

  const named = () =>
    db
      .selectFrom("logs")
      .innerJoin("trees", "trees.log", "logs.id")
      .select(["logs.id", "logs.origin", "trees.public_key"]);
  const namedLog = (row?: { id: number; origin: string; public_key: Uint8Array }) =>
    row ? { id: row.id, signer: { name: row.origin, publicKey: row.public_key } } : null;

  return {
    find: (site, year, epoch = 1) =>
      logs.get(`${site} ${year} ${epoch}`, async () =>
        namedLog(
          await named()
            .where("logs.site", "=", site)
            .where("logs.year", "=", year)
            .where("logs.epoch", "=", epoch)
            .executeTakeFirst(),
        ),
      ),
    byId: (id) =>
      logs.get(`${id}`, async () =>
        namedLog(await named().where("logs.id", "=", id).executeTakeFirst()),
      ),
    async list(site) {
      const rows = await db
        .selectFrom("logs")
        .leftJoin("trees", "trees.log", "logs.id")
        .select(["logs.origin", "logs.year", "logs.epoch", "trees.size"])
        .select(["logs.closed_at", "logs.closed_by", "logs.dropped_at", "logs.drop_reason"])
        .where("logs.site", "=", site)
        .orderBy("logs.year")
        .orderBy("logs.epoch")
        .execute();
      return rows
        .filter(({ size, closed_at }) => size !== null || closed_at !== null)
        .map(({ size, closed_at, closed_by, dropped_at, drop_reason, ...log }) => ({
          ...log,
          isShown: size !== null,
          closed: closed_at === null ? null : { at: closed_at, by: closed_by ?? "" },
          dropped: dropped_at === null ? null : { at: dropped_at, reason: drop_reason ?? "" },
        }));
    },
  };
}
