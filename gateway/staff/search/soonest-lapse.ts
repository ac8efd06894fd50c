/** Records in the order in which they lapse, the soonest first: what has to be asked again before a date. */
import type { ExpressionBuilder, Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import type { Engine } from "../../storage/storage.ts";
import type { Range } from "./newest-first.ts";
import type { KindCondition } from "./matches.ts";

/** A place in that order; at the same moment it is the place in the logs. */
export interface LapsePlace {
  until: number;
  log: number;
  index: number;
}

export interface LapseRange {
  /** Unix seconds; `to` is not within. */
  from: number;
  to: number;
  /** Indexes it must lie between. */
  within: Range;
  /** What stands after this place only. */
  after: LapsePlace | null;
}

/**
 * Each kind's soonest, at most a page of them, and of those the soonest.
 * @param engine PostgreSQL takes each kind's page from the index only when told so (`lateral`), which SQLite,
 *   which does so by itself, does not know
 * @returns places of one log, at most `limit`.
 */
export async function soonestOfKinds(
  db: Kysely<Database>,
  engine: Engine,
  log: number,
  condition: KindCondition,
  range: LapseRange,
  limit: number,
): Promise<LapsePlace[]> {
  const ask = engine === "sqlite" ? asCorrelated : asLateral;
  const rows = await ask(db, log, condition, range, limit);
  return rows.map(({ idx, until }) => ({ until, log, index: idx }));
}

type Row = Pick<Database["record_index"], "idx" | "until">;

function asLateral(
  db: Kysely<Database>,
  log: number,
  condition: KindCondition,
  range: LapseRange,
  limit: number,
): Promise<Row[]> {
  return db
    .selectFrom("record_kinds as kind")
    .crossJoinLateral((eb) =>
      eb
        .selectFrom("record_index as place")
        .select(["place.idx", "place.until"])
        .where("place.log", "=", log)
        .whereRef("place.tail", "=", "kind.tail")
        .where((inner) => within(inner, log, range))
        .orderBy("place.until")
        .orderBy("place.idx")
        .limit(limit)
        .as("soonest"),
    )
    .select(["soonest.idx", "soonest.until"])
    .where("kind.log", "=", log)
    .$if(condition !== null, (query) => query.where(condition!))
    .orderBy("soonest.until")
    .orderBy("soonest.idx")
    .limit(limit)
    .execute();
}

function asCorrelated(
  db: Kysely<Database>,
  log: number,
  condition: KindCondition,
  range: LapseRange,
  limit: number,
): Promise<Row[]> {
  return db
    .selectFrom("record_kinds as kind")
    .crossJoin("record_index as place")
    .select(["place.idx", "place.until"])
    .where("kind.log", "=", log)
    .$if(condition !== null, (query) => query.where(condition!))
    .where("place.log", "=", log)
    .whereRef("place.tail", "=", "kind.tail")
    .where((eb) => within(eb, log, range))
    .where("place.until", "<=", (eb) =>
      eb.fn.coalesce(
        eb
          .selectFrom("record_index as place")
          .select("place.until")
          .where("place.log", "=", log)
          .whereRef("place.tail", "=", "kind.tail")
          .where((inner) => within(inner, log, range))
          .orderBy("place.until")
          .orderBy("place.idx")
          .limit(1)
          .offset(limit - 1),
        eb.val(range.to),
      ),
    )
    .orderBy("place.until")
    .orderBy("place.idx")
    .limit(limit)
    .execute();
}

type Places = { place: Database["record_index"] };

/** The same words for the outer and the inner statement, which both call the table `place`. */
function within<DB extends Places>(
  eb: ExpressionBuilder<DB, "place" & keyof DB>,
  log: number,
  { from, to, within, after }: LapseRange,
) {
  const places = eb as unknown as ExpressionBuilder<Places, "place">;
  const start = after ? Math.max(from, after.until) : from;
  const conditions = [
    places("place.until", ">=", start),
    places("place.until", "<", to),
    places("place.idx", ">=", within.from),
    places("place.idx", "<", within.to),
  ];
  if (after && after.until >= from) {
    const later = places("place.until", ">", after.until);
    const first = after.log === log ? after.index + 1 : after.log < log ? 0 : null;
    conditions.push(first === null ? later : places.or([later, places("place.idx", ">=", first)]));
  }
  return places.and(conditions);
}
