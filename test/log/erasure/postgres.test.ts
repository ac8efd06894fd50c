import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";
import { LogError } from "../../../gateway/log/log.ts";
import type { Storage } from "../../../gateway/storage/storage.ts";
import { gateway } from "../installation.ts";
import { decision, denied } from "../load.ts";
import { clinic, erasuresOf, granted, leaves, minute, visitor } from "./installation.ts";

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Two gateways on one database. */
async function two() {
  const options = {
    engine: "postgres",
    url: await server.database(),
    keysUrl: await server.database(),
  } as const;
  const first = await clinic({}, options);
  const second = await gateway(options, first.clock);
  return [first, { ...second, ...erasuresOf(second, first.clock) }] as const;
}

/** Has something done by somebody else once, right after a statement that writes to this table. */
function after(table: string, act: () => Promise<unknown>): KyselyPlugin {
  const writing = new WeakSet<object>();
  let done = false;
  return {
    transformQuery({ node, queryId }) {
      if (node.kind === "InsertQueryNode" && JSON.stringify(node.into).includes(`"${table}"`))
        writing.add(queryId);
      return node;
    },
    async transformResult({ queryId, result }) {
      if (writing.has(queryId) && !done) {
        done = true;
        await act();
      }
      return result;
    },
  };
}

const indexes = (told: string[]) =>
  told.flatMap((leaf): number[] => {
    const { k, i } = JSON.parse(leaf);
    return k === "erasure" ? [i] : [];
  });

describe("several gateways on one database", () => {
  it("erase the same visitors at once, each once, and tell of each record once", async () => {
    const [first, second] = await two();
    const visitors = await Promise.all(Array.from({ length: 12 }, () => granted(first)));
    await Promise.all(
      visitors.flatMap(({ name }) => [
        first.erasures.erase(name, "visitor"),
        second.erasures.erase(name, "request"),
      ]),
    );
    for (const { secret } of visitors)
      expect(await second.log.subjectOf("clinic", secret)).toBeNull();
    // A configuration, twelve grants, and one withdrawal for each.
    expect(await leaves(first)).toHaveLength(25);
    await Promise.all([first.erasures.runOnce(), second.erasures.runOnce()]);
    const told = indexes(await leaves(second));
    expect(told.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
  });

  it("tell of every record they erase, also of one that comes in the midst of it", async () => {
    const [first, second] = await two();
    const { secret, name } = visitor();
    // Nothing granted, so no withdrawal, whose place in the log would hold up whatever else is appended.
    const refusal = { ...denied, purposes: {}, secret };
    await first.log.append(decision(refusal));
    const late = () => second.log.append(decision({ ...refusal, counter: 2 }));
    const { main } = first.storage;
    const between: Storage = {
      ...first.storage,
      main: {
        ...main,
        transaction: (work) =>
          main.transaction((trx) => work(trx.withPlugin(after("tombstones", late)))),
      },
    };
    await erasuresOf({ storage: between }, first.clock).erasures.erase(name, "visitor");
    first.clock.time += 10 * minute;
    await second.erasures.runOnce();
    const erased = await main.read
      .selectFrom("records")
      .select("idx")
      .where("subject", "is", null)
      .execute();
    const told = await main.read.selectFrom("tombstones").select("idx").execute();
    expect(erased.map(({ idx }) => idx).toSorted()).toEqual([1, 2]);
    expect(told.map(({ idx }) => idx).toSorted()).toEqual([1, 2]);
  });

  it("leave no record of a visitor who decides while being erased", async () => {
    const [first, second] = await two();
    const visitors = await Promise.all(Array.from({ length: 8 }, () => granted(first)));
    const subjects = await Promise.all(
      visitors.map(({ secret }) => first.log.subjectOf("clinic", secret)),
    );
    await Promise.all(
      visitors.flatMap(({ name, secret }) => [
        first.erasures.erase(name, "visitor"),
        // Before the erasure, after it, or, between the two, not at all.
        second.log
          .append(decision({ secret, counter: 2 }))
          .catch((error: unknown) => expect(error).toEqual(new LogError("record_erased"))),
      ]),
    );
    first.clock.time += 10 * minute;
    await second.erasures.runOnce();
    for (const subject of subjects) expect(await first.reader.history(subject!)).toEqual([]);
    const rows = await first.storage.main.read.selectFrom("records").selectAll().execute();
    // Whatever came after the erasure belongs to a new subject, which can be opened.
    for (const { subject } of rows.filter(({ sealed }) => sealed !== null))
      expect(
        await first.storage.keys.read
          .selectFrom("subject_keys")
          .select("key")
          .where("subject", "=", subject!)
          .execute(),
      ).toHaveLength(1);
  });
});
