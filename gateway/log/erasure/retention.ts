/**
 * Retention by record: the subject half of a record older than the site keeps them is erased as if its
 * visitor had asked. What still counts and what is held stays.
 */
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { hex, textOf } from "../bytes.ts";
import { decodeHead } from "../decision-half.ts";
import { firstSince } from "../first-since.ts";
import { eraseRecords, takeTurn } from "./erase-records.ts";

const day = 86_400;

/** Records looked at in one transaction. */
const pageSize = 300;

export interface Retention {
  site: string;
  days: number;
  /** Whether logs of past years are dropped once nothing of them is retained. */
  dropYears: boolean;
}

/** @param now unix milliseconds. */
export async function eraseExpired(
  main: Store<Database>,
  { site, days }: Pick<Retention, "site" | "days">,
  now: number,
): Promise<void> {
  const oldest = Math.floor(now / 1000) - days * day;
  const logs = await main.read
    .selectFrom("logs")
    .select(["id", "next"])
    .where("site", "=", site)
    .where("dropped_at", "is", null)
    .orderBy("id")
    .execute();
  const met = new Set<string>();
  for (const { id: log, next } of logs) {
    const end = await firstSince(main.read, log, next, oldest);
    for (let from = 0; from < end; from += pageSize) {
      const page = { site, log, from, end: Math.min(from + pageSize, end) };
      await erasePage(main, page, now, met);
    }
  }
}

interface Page {
  site: string;
  log: number;
  from: number;
  /** The index after the last. */
  end: number;
}

/** @param met subjects (hex) whose records this sweep has erased before. */
async function erasePage(
  main: Store<Database>,
  page: Page,
  now: number,
  met: Set<string>,
): Promise<void> {
  const expired = (db: Pick<typeof main.read, "selectFrom">) =>
    db
      .selectFrom("records")
      .select(["idx", "id", "subject", "head"])
      .where("log", "=", page.log)
      .where("idx", ">=", page.from)
      .where("idx", "<", page.end)
      .where("subject", "is not", null)
      .where("subject", "not in", (eb) => eb.selectFrom("legal_holds").select("subject"))
      .execute()
      .then((rows) => rows.filter(({ head }) => decodeHead(textOf(head)).until * 1000 <= now));
  if ((await expired(main.read)).length === 0) return;
  const subjects = await main.transaction(async (trx) => {
    await takeTurn(trx, main.engine, page.site);
    // Read again: a hold may have been set, or a subject erased, before it was our turn.
    const records = await expired(trx);
    if (records.length === 0) return [];
    const names = new Set(records.map(({ subject }) => hex(subject!)));
    await eraseRecords(trx, page, records);
    await trx
      .insertInto("erasures")
      .values({
        site: page.site,
        cause: "retention",
        subject: null,
        visitors: [...names].filter((name) => !met.has(name)).length,
        requested_at: now,
        destroyed_at: now,
        clean: 0,
        told: 0,
      })
      .execute();
    return [...names];
  });
  for (const subject of subjects) met.add(subject);
}
