/** Codes that carry a choice to another domain: once, for two minutes, where they were made for; on both engines. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handoverLife, openHandovers } from "../../gateway/sites/handovers.ts";
import type { StorageOptions } from "../../gateway/storage/open.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";
import { fixtures, installation } from "./installation.ts";

const there = { site: "shop", origin: "https://lamps.example" };
const choice = { revision: "pX3_k9-Z", time: 1_780_000_000, granted: ["analytics", "ga4"] };

describe("on SQLite", () => handing(async () => undefined));

describe("on PostgreSQL", () => {
  let postgres: Postgres | undefined;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());
  handing(async () => ({
    engine: "postgres",
    url: await postgres!.database(),
    keysUrl: await postgres!.database(),
  }));
});

function handing(database: () => Promise<StorageOptions | undefined>): void {
  it("a code counts once, however many ask at the same time, and is not stored", async () => {
    const { storage, clock } = await installation(`${fixtures}/widget`, await database());
    const handovers = openHandovers({ storage, clock });
    const rows = () => storage.main.read.selectFrom("handovers").selectAll().execute();
    const code = await handovers.issue(there, choice);
    expect(code).toMatch(/^[\w-]{22}$/);
    const [row] = await rows();
    expect(
      JSON.stringify({ ...row, code: Buffer.from(row!.code).toString("base64url") }),
    ).not.toContain(code);
    expect(Object.keys(row!).toSorted()).toEqual([
      "choice",
      "code",
      "expires_at",
      "origin",
      "site",
    ]);
    expect(JSON.parse(row!.choice)).toEqual(choice);

    for (const elsewhere of [
      { ...there, origin: "https://other.example" },
      { ...there, site: "clinic" },
    ])
      expect(await handovers.redeem(elsewhere, code)).toBeNull();
    const answers = await Promise.all([1, 2, 3, 4].map(() => handovers.redeem(there, code)));
    expect(answers.filter(Boolean)).toEqual([choice]);
    expect(await rows()).toEqual([]);
  });

  it("a code ends after two minutes, and goes with the next one", async () => {
    const { storage, clock } = await installation(`${fixtures}/widget`, await database());
    const handovers = openHandovers({ storage, clock });
    const [one, other] = [
      await handovers.issue(there, choice),
      await handovers.issue(there, choice),
    ];
    expect(handoverLife).toBe(120_000);
    clock.time += handoverLife - 1;
    expect(await handovers.redeem(there, one)).toEqual(choice);
    clock.time += 1;
    expect(await handovers.redeem(there, other)).toBeNull();
    const last = await handovers.issue(there, choice);
    clock.time += handoverLife;
    await handovers.issue(there, choice);
    const left = await storage.main.read.selectFrom("handovers").select("expires_at").execute();
    expect(left).toEqual([{ expires_at: clock.time + handoverLife }]);
    expect(await handovers.redeem(there, last)).toBeNull();
  });
}
