/** A log through its years: it is closed, its records are erased, it is dropped; on both engines. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { dropLog } from "../../../gateway/log/ends/drop.ts";
import { emptyDropped } from "../../../gateway/log/ends/empty.ts";
import { checkLogs } from "../../../gateway/log/fsck/fsck.ts";
import type { Storage } from "../../../gateway/storage/storage.ts";
import { verifyCommand } from "../../../gateway/verify/command.ts";
import { decide, grant, newId } from "../../gateway/decisions.ts";
import { openInstallation, type Installation } from "../../gateway/installation.ts";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";
import { testClock, type TestClock } from "../installation.ts";
import { decision } from "../load.ts";

const day = 86_400_000;
const lastMinute = Date.UTC(2026, 11, 31, 23, 59);
const origin = "rodnik-clinic.example/soglas/2026";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

interface Opened extends Installation {
  clock: TestClock;
  config: string;
}

async function open(engine: "sqlite" | "postgres"): Promise<Opened> {
  const clock = testClock(lastMinute);
  const replica = engine === "postgres" && {
    url: await postgres.database(),
    keysUrl: await postgres.database(),
    secret: randomBytes(32).toString("base64url"),
  };
  const installation = await openInstallation({
    clock,
    sites: ["clinic"],
    ...(replica && { replica }),
  });
  onTestFinished(() => installation.close());
  const config = (await installation.gateway.sites.effective("clinic"))!.hash;
  return { ...installation, clock, config };
}

/** One minute's rounds, the integration of what they append included. */
async function rounds({ gateway }: Opened): Promise<void> {
  await gateway.integrator.integrate();
  await gateway.erasures.runOnce();
  await gateway.integrator.integrate();
  await gateway.indexer.index();
}

interface Description {
  origin: string;
  verifierKey: string;
  closed: { at: number; by: string } | null;
  dropped: { at: number; reason: string } | null;
  previous: { origin: string; address: string } | null;
  next: { origin: string; address: string } | null;
}

const get = async ({ app }: Opened, path: string) => app.request(path);
const describeLog = async (opened: Opened, year: number) =>
  (await (await get(opened, `/log/clinic/${year}/log.json`)).json()) as Description;
const checkpointOf = async (opened: Opened, year: number) =>
  (await get(opened, `/log/clinic/${year}/checkpoint`)).text();

/** Origins from the first log to the newest, by `next`, and back again by `previous`. */
async function chain(opened: Opened, first: number): Promise<[string[], string[]]> {
  const read = async (address: string) =>
    (await (await get(opened, `${new URL(address).pathname}/log.json`)).json()) as Description;
  const there: string[] = [];
  const back: string[] = [];
  let log = await describeLog(opened, first);
  for (; ; log = await read(log.next.address)) {
    there.push(log.origin);
    if (log.next === null) break;
  }
  for (; ; log = await read(log.previous.address)) {
    back.unshift(log.origin);
    if (log.previous === null) return [there, back];
  }
}

/** `soglas verify` over what the gateway serves. */
async function verify({ app }: Opened, ...args: string[]) {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const status = await verifyCommand(args, {
    out: say,
    err: say,
    fetch: async (url, init) => app.request(new URL(String(url)).pathname, init),
  });
  return { status, said: said.join("\n") };
}

async function saved(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-receipt-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "receipt.txt"), text);
  return join(folder, "receipt.txt");
}

async function problems({ gateway }: Opened): Promise<unknown[]> {
  const found: unknown[] = [];
  await checkLogs({ ...gateway, adopt: false }, ({ problem }) => problem && found.push(problem));
  return found;
}

const drop = ({ gateway, clock }: Opened) =>
  dropLog({ main: gateway.storage.main, clock }, { origin, reason: "past its retention" });

/** Every record of 2026 is past its retention and erased, and the log says so. */
async function outlive(opened: Opened): Promise<void> {
  const { clock } = opened;
  clock.time += 1830 * day;
  await rounds(opened);
  clock.time += 15 * day;
  await rounds(opened);
}

describe.each(["sqlite", "postgres"] as const)("a year on %s", (engine) => {
  it("is closed when it is over and signed to its end, and takes nothing more", async () => {
    const opened = await open(engine);
    const { gateway, clock, config } = opened;
    await decide(opened, grant(config));
    await rounds(opened);
    expect(await describeLog(opened, 2026)).toMatchObject({ closed: null, next: null });
    // The last one is not signed yet when the year turns.
    await decide(opened, grant(config));
    clock.time += 2 * 60_000;
    await gateway.erasures.runOnce();
    expect((await describeLog(opened, 2026)).closed).toBeNull();
    await rounds(opened);
    expect(await describeLog(opened, 2026)).toMatchObject({
      closed: { at: Date.UTC(2027, 0, 1, 0, 1) / 1000, by: "year" },
      next: { origin: "rodnik-clinic.example/soglas/2027" },
    });
    const final = await checkpointOf(opened, 2026);
    expect(final).toContain("\n3\n");
    // A clock that falls back does not reopen it.
    clock.time = lastMinute + 30_000;
    const { record } = await decide(opened, grant(config));
    expect(record).toMatchObject({ log: "rodnik-clinic.example/soglas/2027", index: 1 });
    await rounds(opened);
    expect(await checkpointOf(opened, 2026)).toBe(final);
    expect(await chain(opened, 2026)).toEqual([
      [origin, "rodnik-clinic.example/soglas/2027"],
      [origin, "rodnik-clinic.example/soglas/2027"],
    ]);
    expect(await problems(opened)).toEqual([]);
    const [{ sealed_key }] = (await gateway.storage.main.read
      .selectFrom("trees")
      .innerJoin("logs", "logs.id", "trees.log")
      .select("sealed_key")
      .where("logs.origin", "=", origin)
      .execute()) as [{ sealed_key: Uint8Array }];
    expect(sealed_key).toHaveLength(0);
  });

  it("is dropped once nothing of it is anybody's, and its receipts go on to verify", async () => {
    const opened = await open(engine);
    const { gateway, clock, config } = opened;
    const { main } = gateway.storage;
    const body = grant(config);
    await decide(opened, body);
    await rounds(opened);
    // More than one step of removing.
    const secret = newId();
    const many = Array.from({ length: 600 }, (_, n) =>
      decision({ config, secret, counter: n + 1 }),
    );
    await Promise.all(many.map((each) => gateway.log.append(each)));
    await rounds(opened);
    const { verifierKey } = await describeLog(opened, 2026);
    const path = `/v1/sites/clinic/receipts/${body.id}`;
    const receipt = await saved(await (await get(opened, path)).text());
    const bundle = Buffer.from(
      await (await get(opened, "/log/clinic/2026/tile/entries/000")).arrayBuffer(),
    );
    await expect(drop(opened)).rejects.toThrow("goes on");

    clock.time += 2 * 60_000;
    await rounds(opened);
    await expect(drop(opened)).rejects.toThrow("still belong to visitors");
    const subject = (await gateway.log.subjectOf("clinic", body.secret))!;
    await main.transaction((trx) =>
      trx
        .insertInto("legal_holds")
        .values({ site: "clinic", subject, reason: "case 7", key_id: "k", held_at: clock.time })
        .execute(),
    );
    await outlive(opened);
    await expect(drop(opened)).rejects.toThrow("legal hold");
    await main.transaction((trx) => trx.deleteFrom("legal_holds").execute());
    clock.time += day;
    await rounds(opened);
    await expect(drop(opened)).rejects.toThrow("not told yet");
    clock.time += 15 * day;
    await rounds(opened);

    const final = await checkpointOf(opened, 2026);
    await drop(opened);
    await expect(drop(opened)).rejects.toThrow("dropped before");
    let interruptions = 0;
    for (; ; interruptions++) {
      // From the first moment on, and however far the rows are gone.
      clock.time += 1000;
      expect(await checkpointOf(opened, 2026)).toBe(final);
      const gone = await get(opened, "/log/clinic/2026/tile/entries/000");
      expect([gone.status, await gone.json()]).toMatchObject([
        410,
        { error: { code: "log_dropped" } },
      ]);
      expect((await get(opened, path)).status).toBe(410);
      if (await finished(emptyDropped({ main: mortal(main), clock }))) break;
    }
    expect(interruptions).toBeGreaterThan(4);

    expect(await leftovers(gateway.storage)).toEqual({
      entries: 0,
      records: 0,
      record_ids: 0,
      tiles: 0,
      checkpoints: 1,
      record_index: 0,
    });
    if (engine === "sqlite") {
      const file = await readFile(join(opened.folder, "main.sqlite"));
      const leaf = bundle.subarray(2 + bundle.readUInt16BE(0) + 2).subarray(0, 120);
      expect(bundle.includes(leaf)).toBe(true);
      expect(file.includes(leaf)).toBe(false);
    }
    expect(await describeLog(opened, 2026)).toMatchObject({
      dropped: { reason: "past its retention" },
    });
    const [there, back] = await chain(opened, 2026);
    expect(there).toEqual(back);
    expect(there.slice(0, 2)).toEqual([origin, "rodnik-clinic.example/soglas/2027"]);
    expect(await problems(opened)).toEqual([]);

    const key = ["--key", verifierKey];
    const address = "https://gateway.example/log/clinic/2026";
    expect((await verify(opened, "receipt", receipt, ...key)).status).toBe(0);
    expect((await verify(opened, "receipt", receipt, ...key, "--log", address)).status).toBe(0);
    expect(await verify(opened, "log", address, ...key)).toMatchObject({
      status: 2,
      said: expect.stringContaining("past its retention"),
    });
    // What goes on is not touched by it.
    await decide(opened, grant(config));
    await rounds(opened);
  });
});

/** A database whose process dies after its next transaction. */
function mortal(main: Storage["main"]): Storage["main"] {
  let lives = 1;
  return {
    ...main,
    transaction(work) {
      if (lives-- === 0) throw new Error("killed");
      return main.transaction(work);
    },
  };
}

const finished = (work: Promise<boolean>): Promise<boolean> =>
  work.catch((error: Error) => {
    expect(error.message).toBe("killed");
    return false;
  });

/** Rows of the first log, by table. */
async function leftovers({ main }: Storage): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const { id } = await main.read
    .selectFrom("logs")
    .select("id")
    .where("origin", "=", origin)
    .executeTakeFirstOrThrow();
  for (const table of [
    "entries",
    "records",
    "record_ids",
    "tiles",
    "checkpoints",
    "record_index",
  ] as const) {
    const rows = await main.read.selectFrom(table).select("log").where("log", "=", id).execute();
    counts[table] = rows.length;
  }
  return counts;
}
