/** A backlog as an outage of many hours leaves it: copies of the events that visitors really sent. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Fills the outbox of a gateway that does not run, its visitors in turn.
 * @param folder its data. @param rows how many events wait afterwards
 */
export function fillBacklog(folder: string, rows: number): void {
  const database = new DatabaseSync(join(folder, "main.sqlite"));
  database.exec("pragma synchronous = off; begin");
  // One event a visitor is the pattern.
  database.exec("delete from outbox where id not in (select min(id) from outbox group by subject)");
  const columns =
    "site, service, subject, day, log, idx, payload, occurred_at, due_at, leased_until, attempts, state, reason";
  const { visitors } = database.prepare("select count(*) as visitors from outbox").get() as {
    visitors: number;
  };
  const copies = Math.ceil(rows / visitors) - 1;
  database.exec(
    `insert into outbox (${columns}) with recursive turn(n) as
       (select 1 union all select n + 1 from turn where n < ${copies})
     select site, service, subject, day, log, idx, payload, occurred_at, 0, 0, 0, 'queued', null
     from turn cross join outbox`,
  );
  database.exec("update outbox set due_at = 0, leased_until = 0, attempts = 0");
  database.exec("commit; pragma wal_checkpoint(truncate)");
  database.close();
}
