/** What a forwarder asks of a backlog costs the same however long it is: SQLite's own plan of each statement. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql, type CompiledQuery, type KyselyPlugin } from "kysely";
import { expect, it, onTestFinished } from "vitest";
import { lease } from "../../gateway/events/outbox/lease.ts";
import { placesQueued } from "../../gateway/events/outbox/outbox.ts";
import { openStorage } from "../../gateway/storage/open.ts";

it("finds backlogs by their place, and what it claims by its ids", async () => {
  const folder = await mkdtemp(join(tmpdir(), "soglas-plans-"));
  const storage = await openStorage({ engine: "sqlite", folder, server: true });
  onTestFinished(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });
  const { main } = storage;
  const seen: CompiledQuery[] = [];
  const spy: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      seen.push(main.read.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await placesQueued({ ...main, read: main.read.withPlugin(spy) });
  const asked = { ids: [1, 2, 3], now: 1, leasedUntil: 2, lock: false };
  await main.transaction((trx) => lease.run(trx.withPlugin(spy), asked));

  const plans = await Promise.all(
    seen.map(async (query) => {
      const text = sql.raw<{ detail: string }>(
        `explain query plan ${query.sql.replaceAll("?", "1")}`,
      );
      const { rows } = await text.execute(main.read);
      return rows.map(({ detail }) => detail).filter((detail) => /^(?:SEARCH|SCAN)/.test(detail));
    }),
  );
  expect(plans).toEqual([
    [expect.stringContaining("outbox_by_place (state=? AND site=? AND service>?)")],
    [expect.stringContaining("outbox_by_place (state=? AND site>?)")],
    [
      "SEARCH o USING INTEGER PRIMARY KEY (rowid=?)",
      expect.stringContaining("outbox_by_visitor (subject=? AND site=? AND service=? AND id<?)"),
    ],
  ]);
});
