/** The way on for an installation whose whole data folder was put back to an earlier state. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logsCommand } from "../../gateway/commands/logs.ts";
import { beginEpoch, type KeptCheckpoint, type NewEpoch } from "../../gateway/log/ends/epoch.ts";
import { consentId } from "../../gateway/log/consent-id.ts";
import { checkLogs } from "../../gateway/log/fsck/fsck.ts";
import { verifyCommand } from "../../gateway/verify/command.ts";
import { soglas } from "../commands/soglas.ts";
import { decide, grant, postFromPage, withdrawalOf } from "./decisions.ts";
import { openInstallation, type Installation } from "./installation.ts";

const year = new Date().getUTCFullYear();
const origin = `rodnik-clinic.example/soglas/${year}`;
const newFolder = async () => join(await mkdtemp(join(tmpdir(), "soglas-epoch-")), "data");
let folder: string;
let installation: Installation | null = null;
/** An installation that was signed up to 5 entries and put back to 2; every test that wants one has a copy. */
let rolledBack: { folder: string; lostId: string; keptSecret: string; lastNote: string };
beforeAll(async () => {
  folder = await newFolder();
  rolledBack = { folder, ...(await rollBack()) };
});
afterAll(() => rm(join(rolledBack.folder, ".."), { recursive: true }));
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(async () => {
  await stop();
  await rm(join(folder, ".."), { recursive: true, force: true });
});

async function start(): Promise<Installation> {
  installation = await openInstallation({ folder, sites: ["clinic"] });
  await installation.gateway.integrator.integrate();
  return installation;
}

async function stop(): Promise<void> {
  await installation?.gateway.close();
  installation = null;
}

async function record(count: number) {
  const { gateway } = installation!;
  const config = (await gateway.sites.effective("clinic"))!.hash;
  const bodies = Array.from({ length: count }, () => grant(config));
  const answers = [];
  for (const body of bodies) answers.push(await decide(installation!, body));
  return { bodies, answers };
}

const keep = (name: string) => cp(folder, join(folder, "..", name), { recursive: true });

async function restore(name: string): Promise<void> {
  await rm(folder, { recursive: true });
  await cp(join(folder, "..", name), folder, { recursive: true });
}

const reason = "диск сгорел, восстановлено из копии";

/** Continues the clinic's log beside the running gateway, which then looks after its logs. */
async function goOn(elsewhere: KeptCheckpoint | null = null): Promise<NewEpoch> {
  const epoch = await beginEpoch(installation!.gateway, { origin, reason, elsewhere });
  await installation!.gateway.integrator.integrate();
  return epoch;
}

/** `soglas verify` over what the gateway serves. */
async function verify(...args: string[]) {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const status = await verifyCommand(args, {
    out: say,
    err: say,
    fetch: async (url, init) => installation!.app.request(new URL(String(url)).pathname, init),
  });
  return { status, said: said.join("\n") };
}

/** What the search index knows of each log's only kind of records: how many, the first and the last. */
async function indexed() {
  const rows = await installation!.gateway.storage.main.read
    .selectFrom("record_kinds")
    .innerJoin("logs", "logs.id", "record_kinds.log")
    .select(["logs.origin", "records", "first_idx", "last_idx"])
    .orderBy("logs.id")
    .execute();
  return rows.map((row) => [row.origin, row.records, row.first_idx, row.last_idx]);
}

/** What `soglas fsck` finds of the clinic's logs. */
async function conditions() {
  const found: unknown[] = [];
  await checkLogs({ ...installation!.gateway, adopt: false }, (log) => {
    if (log.origin.startsWith(origin)) found.push([log.origin, log.end, log.problem]);
  });
  return found;
}

interface Description {
  origin: string;
  verifierKey: string;
  closed: { at: number; by: string } | null;
  previous: { origin: string; address: string | null } | null;
  next: { origin: string; address: string | null } | null;
}

const base = `https://gateway.example/log/clinic/${year}`;
const describeLog = async (address: string) =>
  (await (
    await installation!.app.request(new URL(`${address}/log.json`).pathname)
  ).json()) as Description;

const receipt = async (id: string) => installation!.app.request(`/v1/sites/clinic/receipts/${id}`);

async function rollBack(): Promise<Omit<typeof rolledBack, "folder">> {
  await start();
  const [kept] = (await record(1)).bodies;
  await installation!.gateway.integrator.integrate();
  await stop();
  await keep("copy");
  await start();
  const { bodies } = await record(3);
  await installation!.gateway.integrator.integrate();
  const lastNote = await (await installation!.app.request(`/log/clinic/${year}/checkpoint`)).text();
  await stop();
  await restore("copy");
  return { lostId: bodies[0]!.id, keptSecret: kept!.secret, lastNote };
}

/** A copy of that installation in this test's folder. */
const takeRolledBack = () =>
  cp(join(rolledBack.folder, ".."), join(folder, ".."), {
    recursive: true,
    preserveTimestamps: true,
  });

describe("a log that was lost", () => {
  it("goes on in a new epoch that says how far it was signed", async () => {
    await takeRolledBack();
    await start();
    const refused = await postFromPage(
      installation!,
      "/v1/sites/clinic/consents",
      grant((await installation!.gateway.sites.effective("clinic"))!.hash),
    );
    expect(refused.status).toBe(503);
    expect(installation!.logged.join()).toContain("soglas logs continue");
    const words = ["continue", origin, "--reason", reason];
    const { code, said } = await soglas({ folder }, "logs", ...words);
    expect([code, said]).toEqual([0, expect.stringContaining(`${origin}/e2 goes on`)]);
    expect(said).toContain("signed up to 5 entries, of which 2 are here");
    await installation!.gateway.integrator.integrate();
    const { answers } = await record(2);
    expect(answers[0]!.record).toMatchObject({ log: `${origin}/e2`, index: 2 });
    await installation!.gateway.integrator.integrate();
    expect((await receipt(answers[1]!.record.id)).status).toBe(200);
    expect((await receipt(rolledBack.lostId)).status).toBe(404);

    const [old, fresh] = [await describeLog(base), await describeLog(`${base}/e2`)];
    expect(old).toMatchObject({
      closed: { by: "epoch" },
      next: { origin: `${origin}/e2`, address: `${base}/e2` },
    });
    expect(fresh).toMatchObject({ closed: null, previous: { origin, address: base }, next: null });
    expect(fresh.verifierKey).not.toBe(old.verifierKey);
    const verified = await verify(
      "log",
      `${base}/e2`,
      "--key",
      fresh.verifierKey,
      "--previous",
      base,
      "--previous-key",
      old.verifierKey,
    );
    expect(verified).toMatchObject({
      status: 0,
      said: expect.stringMatching(
        /ended at {2}5 entries.*диск сгорел.*Of its 5 entries, 2 are left/s,
      ),
    });
    expect((await verify("log", base, "--key", old.verifierKey)).status).toBe(0);
  });

  it("is not continued while it is whole", async () => {
    await start();
    await record(1);
    await installation!.gateway.integrator.integrate();
    await expect(goOn()).rejects.toThrow("is whole");
  });

  it("is not continued by somebody who does not see its marks", async () => {
    await start();
    await record(1);
    await installation!.gateway.integrator.integrate();
    await stop();
    // As another user's, or with another setting.
    await rm(`${folder}-marks`, { recursive: true });
    const words = ["continue", origin, "--reason", reason];
    expect(await soglas({ folder }, "logs", ...words)).toEqual({
      code: 1,
      said: expect.stringMatching(/^not continued: .*as the gateway's user.*fsck --adopt/s),
    });
    expect((await soglas({ folder }, "logs", "list")).said).toContain("goes on");
  });

  it("is not continued twice, nor without a reason", async () => {
    await takeRolledBack();
    await start();
    // Verifiers show a reason on a terminal: one that they refuse would make the log unverifiable for good.
    const unshowable = [
      "disk failed\non 3 May",
      "disk failed\ton 3 May",
      "disk\u00adfailed on 3 May",
    ];
    for (const reason of [undefined, "disk", "x".repeat(501), ...unshowable])
      expect(() => logsCommand.run(["continue", origin], { reason }, () => undefined)).toThrow(
        "--reason says",
      );
    await goOn();
    await expect(goOn()).rejects.toThrow("no log of this name");
    expect((await soglas({ folder }, "logs", "list")).said).toMatch(
      /\t2 of 2 entries signed\tcontinued on /,
    );
    expect(await conditions()).toEqual([
      [origin, "continued", null],
      [`${origin}/e2`, null, null],
    ]);
  });

  it("gets no withdrawal of an erasure that a command asks for", async () => {
    await takeRolledBack();
    const { keptSecret } = rolledBack;
    const id = consentId("clinic", keptSecret);
    const words = ["erase", "--site", "clinic", "--consent-id", id];
    const { code, said } = await soglas({ folder }, ...words);
    expect([code, said]).toEqual([1, expect.stringMatching(/^not erased: .*soglas fsck/m)]);
    await start();
    const { storage, log } = installation!.gateway;
    expect(await log.subjectOf("clinic", keptSecret)).not.toBeNull();
    const entries = storage.main.read
      .selectFrom("logs")
      .select("next")
      .where("origin", "=", origin);
    expect(await entries.executeTakeFirst()).toEqual({ next: 2 });
  });

  it("takes along what it acknowledged and never signed", async () => {
    await start();
    await record(1);
    await installation!.gateway.integrator.integrate();
    const { bodies, answers } = await record(2);
    expect(answers.map(({ record }) => record.index)).toEqual([2, 3]);
    await installation!.gateway.indexer.index();
    await stop();
    await keep("copy");
    await start();
    await record(1);
    await installation!.gateway.integrator.integrate();
    await stop();
    await restore("copy");
    await start();
    expect(await goOn()).toMatchObject({ previous: { origin, size: 5 }, kept: 2, moved: 2 });
    expect(await indexed()).toEqual([
      [origin, 1, 1, 1],
      [`${origin}/e2`, 2, 2, 3],
    ]);
    // Asked again, the first answer names the new place.
    const again = await decide(installation!, bodies[1]!);
    expect(again.record).toMatchObject({ log: `${origin}/e2`, index: 3 });
    const withdrawn = await decide(installation!, withdrawalOf(bodies[0]!));
    expect(withdrawn.record.index).toBe(4);
    await installation!.gateway.integrator.integrate();
    for (const { id } of bodies) {
      const file = join(folder, "..", `${id}.receipt`);
      await writeFile(file, Buffer.from(await (await receipt(id)).arrayBuffer()));
      const { verifierKey } = await describeLog(`${base}/e2`);
      expect(await verify("receipt", file, "--key", verifierKey)).toMatchObject({ status: 0 });
    }
    expect(await conditions()).toEqual([
      [origin, "continued", null],
      [`${origin}/e2`, null, null],
    ]);
  });

  it("leaves nothing behind where the whole database is gone", async () => {
    await start();
    await record(1);
    await installation!.gateway.integrator.integrate();
    await stop();
    await rm(folder, { recursive: true });
    await start();
    expect(installation!.logged.join()).toContain("rolled_back");
    expect(await goOn()).toMatchObject({ previous: { origin, size: 2 }, kept: 0, moved: 1 });
    await record(1);
    await installation!.gateway.integrator.integrate();
    const fresh = await describeLog(`${base}/e2`);
    expect(fresh.previous).toEqual({ origin, address: null });
    expect((await installation!.app.request(new URL(`${base}/log.json`).pathname)).status).toBe(
      404,
    );
    const { status, said } = await verify("log", `${base}/e2`, "--key", fresh.verifierKey);
    expect([status, said]).toEqual([0, expect.stringContaining("ended at  2 entries")]);
  });

  it("never uses an epoch's name a second time", async () => {
    await takeRolledBack();
    await start();
    await goOn();
    await record(2);
    await installation!.gateway.integrator.integrate();
    await stop();
    await restore("copy");
    await start();
    expect(await goOn()).toMatchObject({
      origin: `${origin}/e3`,
      previous: { origin: `${origin}/e2`, size: 4 },
    });
    await record(1);
    await installation!.gateway.integrator.integrate();
    const chain = [];
    for (let at: string | null = base; at !== null;) {
      const log: Description = await describeLog(at);
      chain.push([log.origin, log.previous?.origin, log.next?.origin]);
      at = at === base ? `${base}/e3` : (log.next?.address ?? null);
    }
    expect(chain).toEqual([
      [origin, undefined, `${origin}/e2`],
      [`${origin}/e3`, `${origin}/e2`, undefined],
    ]);
  });

  it("is shown to be lost by a checkpoint that somebody kept", async () => {
    await takeRolledBack();
    await restore("copy");
    await rm(`${folder}-marks`, { recursive: true });
    await start();
    await checkLogs({ ...installation!.gateway, adopt: true }, () => undefined);
    await expect(goOn()).rejects.toThrow("--checkpoint FILE");
    const kept = join(folder, "..", "kept");
    await writeFile(kept, rolledBack.lastNote);
    const words = ["continue", origin, "--reason", reason, "--checkpoint", kept];
    expect(await soglas({ folder }, "logs", ...words)).toMatchObject({
      code: 0,
      said: expect.stringContaining("signed up to 5 entries"),
    });
  });
});
