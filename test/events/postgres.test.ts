/** What only shows with several gateway processes on one PostgreSQL. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDoors } from "../../gateway/events/intake/door.ts";
import { createServerIngest } from "../../gateway/events/intake/server-events.ts";
import { installationSecret } from "../../gateway/secret.ts";
import { openStorage } from "../../gateway/storage/open.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";
import { metrikaService, openInstallation, randomId, siteConfig, view } from "./installation.ts";
import { openVendor, parametersOf } from "./vendor-server.ts";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it("forwards every event once and each visitor's in order, from three processes at once", async () => {
  const database = {
    engine: "postgres",
    url: await postgres.database(),
    keysUrl: await postgres.database(),
  } as const;
  const vendor = await openVendor();
  const installation = await openInstallation({
    vendor: vendor.address,
    storage: await openStorage(database),
  });
  installation.configs.push(siteConfig({ services: [metrikaService] }, "metrika only"));
  const others = await Promise.all([openStorage(database), openStorage(database)]);
  // No request counts as lost because the machine is busy.
  const forwarders = [installation.storage, ...others].map((each) =>
    installation.newForwarder({ storage: each, timeout: 10_000 }),
  );

  const visitors = await Promise.all(
    Array.from({ length: 30 }, () =>
      installation.decide(randomId(), "granted", { "metrika-clean": "granted" }),
    ),
  );
  const goals = ["goal_a", "goal_b", "goal_c"];
  await Promise.all(
    visitors.map(({ token }) =>
      installation.accept(token, [view(), ...goals.map((name) => view({ name }))]),
    ),
  );
  for (let idle = 0; idle < 2;) {
    const claimed = await Promise.all(forwarders.map((forwarder) => forwarder.runOnce()));
    idle = claimed.every((count) => count === 0) ? idle + 1 : 0;
  }

  const sent = Map.groupBy(vendor.received.map(parametersOf), ({ cid }) => cid!);
  expect(vendor.received).toHaveLength(120);
  for (const interactions of sent.values())
    expect(interactions.map(({ ea, t }) => ea ?? t)).toEqual(["pageview", ...goals]);
  expect(sent.size).toBe(30);
  expect(await installation.outbox()).toEqual([]);
  expect(await installation.counts("metrika-clean")).toEqual({
    received: 120,
    accepted: 120,
    delivered: 120,
  });
  const year = { site: "clinic", from: "2026-01-01", to: "2026-12-31" };
  const { addsUp, days } = await installation.balance.of(year);
  expect([addsUp, days[0]!.services[0]!.delivered, days[0]!.received]).toEqual([true, 120, 120]);
  expect(await installation.balance.totals()).toContainEqual({
    site: "clinic",
    service: "metrika-clean",
    day: "",
    outcome: "delivered",
    count: 120,
  });
  const { deliveries, next } = await installation.ledger.list({ site: "clinic", limit: 10 });
  expect([deliveries.length, next !== null]).toEqual([10, true]);
  const [{ record, index }] = deliveries as [(typeof deliveries)[number]];
  const own = await installation.ledger.list({ site: "clinic", record: record!, limit: 10 });
  expect(own.deliveries).toMatchObject([{ index, count: 4 }]);
  const rest = await installation.ledger.list({ site: "clinic", cursor: next!, limit: 100 });
  expect(rest.deliveries).toHaveLength(20);

  await Promise.all(forwarders.map((forwarder) => forwarder.stop()));
  await Promise.all(others.map((storage) => storage.close()));
  await installation.close();
  await vendor.close();
});

it("counts an event of a backend once, whichever processes are asked at the same time", async () => {
  const database = {
    engine: "postgres",
    url: await postgres.database(),
    keysUrl: await postgres.database(),
  } as const;
  const storage = await openStorage(database);
  const installation = await openInstallation({ vendor: "http://127.0.0.1:9", storage });
  const { tokens, clock, configs } = installation;
  const other = await openStorage(database);
  const secret = installationSecret(Buffer.alloc(32, 7));
  const doors = openDoors({ secret });
  const backends = [storage, other].map((each) =>
    createServerIngest({ storage: each, tokens, doors, secret }),
  );
  const { token } = await installation.decide(randomId(), "granted");
  const events = Array.from({ length: 5 }, (_, at) => ({
    id: `order-${at}`,
    token,
    name: "purchase",
    url: "",
    params: {},
    items: [],
  }));
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      // In another order each time: whoever waits for a row must not hold what the other waits for.
      backends[at % 2]!.accept(
        configs.at(-1)!,
        at % 3 === 0 ? events.toReversed() : events,
        clock.at,
      ),
    ),
  );
  const statuses = answers.flat().map(({ status }) => status);
  expect(statuses.filter((status) => status === "accepted")).toHaveLength(5);
  expect(statuses.filter((status) => status === "duplicate")).toHaveLength(35);
  // One for each of two services.
  expect(await installation.outbox()).toHaveLength(10);
  await other.close();
  await installation.close();
});
