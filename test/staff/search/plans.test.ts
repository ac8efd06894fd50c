/** No search reads a whole table: what the engines themselves say of every statement of a search. */
import { CompiledQuery, sql, type Kysely, type KyselyPlugin, type RootOperationNode } from "kysely";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { RecordFilter } from "../../../gateway/contract/staff/search.ts";
import type { Gateway } from "../../../gateway/gateway.ts";
import { readEntries } from "../../../gateway/staff/export/read.ts";
import { openSearch } from "../../../gateway/staff/search/search.ts";
import type { Database } from "../../../gateway/storage/schema.ts";
import { clinicOrigin, grant } from "../../gateway/decisions.ts";
import { outcome } from "../export/exported.ts";
import { openInstallation, type Installation } from "../../gateway/installation.ts";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

/** More than one walk back goes over, with a kind that only the oldest records are of. */
const count = 1300;

async function fill({ gateway }: Installation): Promise<void> {
  const config = (await gateway.sites.effective("clinic"))!;
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      gateway.log.append({
        site: "clinic",
        body: grant(config.hash, { language: n < 10 ? "en" : "ru" }),
        bodyHash: randomBytes(32),
        observed: {
          receivedAt: Date.now(),
          origin: clinicOrigin,
          browser: n % 400 === 3 ? "opera" : "chrome 140",
          device: "desktop",
          country: null,
        },
        validDays: 365,
      }),
    ),
  );
  await gateway.indexer.index();
}

const now = Math.floor(Date.now() / 1000);
const searches: Record<string, RecordFilter> = {
  everything: {},
  "a time range": { from: now - 1000, to: now + 1000 },
  "what is common": { purpose: "analytics" },
  "what is rare": { browser: "opera" },
  "what is old": { language: "en" },
  "what is not there": { country: "DE" },
  "a combination": { language: "ru", browser: "opera", service: "metrika", from: now - 1000 },
  "what lapses": { untilFrom: now, untilTo: now + 400 * 86_400 },
  "what lapses of a kind": { untilTo: now + 400 * 86_400, language: "en" },
};

/** The gateway's main database, and every statement that is put to it this way. */
function spiedOn({ storage: { main } }: Gateway) {
  const seen: CompiledQuery[] = [];
  const spy: KyselyPlugin = {
    transformQuery({ node, queryId }): RootOperationNode {
      seen.push(main.read.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const read: Kysely<Database> = main.read.withPlugin(spy);
  return { storage: { main: { ...main, read } }, seen };
}

/** Every statement of a search. */
async function statements(gateway: Gateway, filter: RecordFilter): Promise<CompiledQuery[]> {
  const { storage, seen } = spiedOn(gateway);
  const search = openSearch({ storage, records: gateway.records });
  const { records } = await search.find("clinic", filter, { limit: 5 });
  for (const { log, index } of records.slice(0, 1)) await gateway.records.at(log, [index]);
  return seen;
}

/** The statements with which an export reads a log from the start to the end. */
async function readings(gateway: Gateway): Promise<CompiledQuery[]> {
  const { storage, seen } = spiedOn(gateway);
  const [meant] = await openSearch({ storage, records: gateway.records }).meant("clinic", {});
  seen.length = 0;
  const whole = readEntries(storage.main, meant!.log, { from: 0, to: count }, { every: true });
  let entries = 0;
  for await (const window of whole) entries += window.length;
  expect(entries).toBe(count);
  return seen;
}

describe.each(["sqlite", "postgres"] as const)("on %s", (engine) => {
  test("no search reads a whole table, and exports are verified", async () => {
    const replica =
      engine === "postgres"
        ? {
            url: await postgres.database(),
            keysUrl: await postgres.database(),
            secret: randomBytes(32).toString("base64url"),
          }
        : undefined;
    const installation = await openInstallation(replica ? { replica } : {});
    onTestFinished(() => installation.close());
    await fill(installation);
    const { gateway } = installation;
    const plans: string[] = [];
    for (const filter of Object.values(searches))
      for (const statement of await statements(gateway, filter))
        plans.push(...(await planOf(gateway, engine, statement)));
    expect(plans.some((step) => step.includes("record_index"))).toBe(true);
    expect(plans.filter((step) => isScan.test(step) && !small.test(step))).toEqual([]);
    // Every window of an export reads its own part of each table, however long the log is.
    for (const statement of await readings(gateway)) {
      const steps = await planOf(gateway, engine, statement, ["enable_seqscan", "enable_nestloop"]);
      const found = steps.filter((step) => /Index Cond|SEARCH/.test(step));
      expect(found).toHaveLength(2);
      for (const step of found) expect(step).toMatch(/idx/);
    }
    await gateway.integrator.integrate();
    for (const filter of [searches["everything"]!, searches["a combination"]!]) {
      const { chunks, keys, records } = await gateway.exports.open("clinic", filter, "csv");
      let text = "";
      for await (const chunk of chunks) text += Buffer.from(chunk).toString();
      expect(await outcome(text, keys)).toBe("verified");
      expect(records()).toBeGreaterThan(0);
    }
  }, 60_000);
});

/** SQLite says SCAN of what it reads whole, with or without an index; PostgreSQL Seq Scan. */
const isScan = /^SCAN |Seq Scan/;
/** A row for each log of each site, and for each configuration. */
const small = /\b(logs|indexed_logs|configs|site_versions)\b/;

/** @param without ways that PostgreSQL is not to take: tables of other sizes are read otherwise. */
async function planOf(
  { storage: { main } }: Gateway,
  engine: string,
  { sql: text, parameters }: CompiledQuery,
  without = ["enable_seqscan"],
): Promise<string[]> {
  if (engine === "sqlite") {
    const { rows } = await main.read.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${text}`, [...parameters]),
    );
    // What a statement calls `kind` or `place` is said by its name alone.
    const names = { kind: "record_kinds", place: "record_index", record: "records" };
    return rows.map(({ detail }) =>
      detail.replace(/\b(kind|place|record)\b/, (name) => names[name as keyof typeof names]),
    );
  }
  return main.transaction(async (trx) => {
    // A table of this size is read whole whatever indexes it has; here the question is whether it must be.
    for (const way of without) await sql`set local ${sql.raw(way)} = off`.execute(trx);
    const { rows } = await trx.executeQuery<{ "QUERY PLAN": string }>(
      CompiledQuery.raw(`explain ${text}`, [...parameters]),
    );
    return rows.map((row) => row["QUERY PLAN"].trim());
  });
}
