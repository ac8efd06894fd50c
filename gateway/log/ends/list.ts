/** Every log of an installation, as its operator sees them. */
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import type { Signer } from "../tree/note.ts";

export interface ListedLog {
  origin: string;
  /** Null while nothing of it is signed. */
  signer: Signer | null;
  entries: number;
  signed: number;
  /** Unix milliseconds, and why. */
  closed: { at: number; by: string } | null;
  dropped: { at: number } | null;
}

/** The oldest first. */
export async function listLogs(db: Kysely<Database>): Promise<ListedLog[]> {
  const rows = await db
    .selectFrom("logs")
    .leftJoin("trees", "trees.log", "logs.id")
    .select(["logs.origin", "logs.next", "logs.closed_at", "logs.closed_by", "logs.dropped_at"])
    .select(["trees.size", "trees.public_key"])
    .orderBy("logs.site")
    .orderBy("logs.year")
    .orderBy("logs.epoch")
    .execute();
  return rows.map(({ origin, next, size, public_key, closed_at, closed_by, dropped_at }) => ({
    origin,
    signer:
      size !== null && size > 0 && public_key ? { name: origin, publicKey: public_key } : null,
    entries: next,
    signed: size ?? 0,
    closed: closed_at === null ? null : { at: closed_at, by: closed_by ?? "" },
    dropped: dropped_at === null ? null : { at: dropped_at },
  }));
}
