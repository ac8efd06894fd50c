/**
 * Whether every event is accounted for. Counts are kept in the transactions that move events
 * (counts.ts) and what waits is counted where it waits, in one statement and so at one moment: a sum
 * that is not right is a fault, and never a question of when somebody looked.
 */
import { sql } from "kysely";
import { refusalReason } from "../../contract/events.ts";
import type {
  BalanceAnswer,
  BalanceQuery,
  DayBalance,
  ServiceBalance,
} from "../../contract/staff/events.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { everyService, type Outcome } from "./counts.ts";

/** Queued now, and dead letters that are still kept. */
type Standing = "waiting" | "letters";

export interface EventTotal {
  site: string;
  /** `*`: before destinations were looked at. */
  service: string;
  outcome: Outcome | Standing;
  count: number;
}

export interface Balance {
  /** What became of a site's events, by day of reception. */
  of(query: BalanceQuery): Promise<BalanceAnswer>;
  /** Everything since the installation began, for metrics. */
  totals(): Promise<EventTotal[]>;
}

type Counted = EventTotal & { day: string };

export function openBalance({ storage }: { storage: { main: Store<Database> } }): Balance {
  const { read } = storage.main;
  const counted = () =>
    read
      .selectFrom("event_counts")
      .select(["site", "service", "day", "outcome"])
      .select((eb) => eb.ref("count").as("count"));
  const standing = () =>
    read
      .selectFrom("outbox")
      .select(["site", "service", "day"])
      .select(sql<string>`case when state = 'dead' then 'letters' else 'waiting' end`.as("outcome"))
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .groupBy(["site", "service", "day", "state"]);

  return {
    async of({ site, from, to }) {
      const rows = await counted()
        .where("site", "=", site)
        .where("day", ">=", from)
        .where("day", "<=", to)
        .unionAll(
          standing().where("site", "=", site).where("day", ">=", from).where("day", "<=", to),
        )
        .execute();
      const byDay = Map.groupBy(rows.map(toCounted), ({ day }) => day);
      const days = [...byDay]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, counts]) => balanceOf(day, counts));
      return { site, addsUp: days.every(({ addsUp }) => addsUp), days };
    },

    async totals() {
      const rows = await read
        .selectFrom(counted().unionAll(standing()).as("all"))
        .select(["site", "service", "outcome"])
        .select((eb) => eb.fn.sum<number>("count").as("count"))
        .groupBy(["site", "service", "outcome"])
        .execute();
      return rows.map((row) => toCounted({ ...row, day: "" }));
    },
  };
}

/** Sums come as text from PostgreSQL; the words were written by `Tally`. */
const toCounted = (row: { [K in keyof Counted]: Counted[K] | string }): Counted => ({
  site: row.site,
  service: row.service,
  day: row.day,
  outcome: row.outcome as Counted["outcome"],
  count: Number(row.count),
});

function balanceOf(day: string, counts: Counted[]): DayBalance {
  const byService = Map.groupBy(counts, ({ service }) => service);
  const whole = reader(byService.get(everyService) ?? []);
  byService.delete(everyService);
  const services = [...byService]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, rows]) => serviceBalance(service, rows));
  const refused = Object.fromEntries(
    refusalReason.options.flatMap((reason) => {
      const count = whole(reason);
      return count === 0 ? [] : [[reason, count]];
    }),
  );
  const received = whole("received");
  const accepted = whole("accepted");
  const duplicates = whole("duplicate");
  const others = Object.values(refused).reduce((sum, count) => sum + count, 0);
  return {
    day,
    received,
    accepted,
    duplicates,
    refused,
    services,
    addsUp: received === accepted + duplicates + others && services.every(({ addsUp }) => addsUp),
  };
}

function serviceBalance(service: string, rows: Counted[]): ServiceBalance {
  const count = reader(rows);
  const values = rows.flatMap(({ outcome, count: given }) =>
    outcome.startsWith("value_") ? [[outcome.slice("value_".length), given]] : [],
  );
  const sums = {
    received: count("received"),
    off: count("destination_off"),
    notGranted: count("not_granted"),
    accepted: count("accepted"),
    delivered: count("delivered"),
    droppedAtExit: count("dropped_at_exit"),
    dead: count("dead"),
    replayed: count("replayed"),
    waiting: count("waiting"),
  };
  const { received, off, notGranted, accepted, delivered, droppedAtExit, dead, replayed, waiting } =
    sums;
  return {
    service,
    ...sums,
    failed: count("failed"),
    values: Object.fromEntries(values),
    addsUp:
      received === off + notGranted + accepted &&
      accepted + replayed === delivered + droppedAtExit + dead + waiting,
  };
}

function reader(rows: Counted[]): (outcome: Counted["outcome"]) => number {
  const counts = new Map(rows.map(({ outcome, count }) => [outcome, count]));
  return (outcome) => counts.get(outcome) ?? 0;
}
