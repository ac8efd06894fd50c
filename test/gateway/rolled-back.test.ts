/** An installation whose whole data folder is put back to an earlier state, as a restored backup would be. */
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "../../gateway/env.ts";
import { openGateway, type Gateway } from "../../gateway/gateway.ts";
import { checkLogs } from "../../gateway/log/fsck/fsck.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { publishFolder } from "../../gateway/sites/publishing/publish-folder.ts";
import { watch } from "../log/published-files.ts";
import { decision } from "../log/load.ts";

const root = join(import.meta.dirname, "../..");
const year = new Date().getUTCFullYear();
let folder: string;
let opened: Gateway | null;
let said: Record<string, unknown>[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-rolled-back-"));
  opened = null;
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

async function start(data = "data"): Promise<Gateway> {
  said = [];
  const settings = readSettings({
    SOGLAS_DATA: join(folder, data),
    SOGLAS_HIGHWATER: join(folder, "marks"),
  });
  opened = await openGateway(settings, {
    logger: jsonLogger("error", (line) => said.push(JSON.parse(line))),
    widgetBuild: join(root, "test/sites/fixtures/widget"),
    server: true,
  });
  await publishFolder(opened.sites, join(root, "demo/sites"));
  return opened;
}

async function stop(): Promise<void> {
  await opened?.close();
  opened = null;
}

/** Records decisions, which are signed at once. */
async function decide({ log, integrator, sites }: Gateway, count: number): Promise<void> {
  const config = (await sites.effective("clinic"))!.hash;
  for (let n = 0; n < count; n++) await log.append(decision({ config }));
  await integrator.integrate();
}

const refused = ({ log }: Gateway) =>
  expect(log.append(decision())).rejects.toMatchObject({ code: "read_only" });

const signedSize = async ({ storage }: Gateway) =>
  (await (await watch(storage, year)).verify()).checkpoint.size;

/** A gateway that signed 4 entries, whose data is then what it was at 2. */
async function rollBack(): Promise<void> {
  await decide(await start(), 1);
  await stop();
  await cp(join(folder, "data"), join(folder, "copy"), { recursive: true });
  await decide(await start(), 2);
  await stop();
  await rm(join(folder, "data"), { recursive: true });
  await cp(join(folder, "copy"), join(folder, "data"), { recursive: true });
}

async function conditionOf(gateway: Gateway, adopt = false): Promise<string | null> {
  const problems: (string | null)[] = [];
  await checkLogs({ ...gateway, adopt }, ({ problem }) => problems.push(problem?.code ?? null));
  return problems[0]!;
}

describe("a gateway on an old copy of its data", () => {
  it("signs nothing, takes no decision, and says what to do", async () => {
    await rollBack();
    const gateway = await start();
    await refused(gateway);
    await gateway.integrator.integrate();
    await refused(gateway);
    expect(await signedSize(gateway)).toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({
      log: `rodnik-clinic.example/soglas/${year}`,
      problem: "rolled_back",
      msg: expect.stringMatching(
        /4 entries of this log were signed, and the database knows of 2; this log is read-only: .*put the newest one back/,
      ),
    });
    expect(await conditionOf(gateway)).toBe("rolled_back");
  });

  it("does not sign it even when told to adopt it", async () => {
    await rollBack();
    const gateway = await start();
    expect(await conditionOf(gateway, true)).toBe("rolled_back");
    await gateway.integrator.integrate();
    await refused(gateway);
  });

  it("notices entries signed in another place of the same size", async () => {
    await rollBack();
    await rm(join(folder, "marks"), { recursive: true });
    const elsewhere = await start();
    expect(await conditionOf(elsewhere, true)).toBeNull();
    await elsewhere.integrator.integrate();
    await decide(elsewhere, 3);
    expect(await signedSize(elsewhere)).toBe(5);
    await stop();
    // The marks of 5 entries, and a database that reached 5 with others.
    await rm(join(folder, "data"), { recursive: true });
    await cp(join(folder, "copy"), join(folder, "data"), { recursive: true });
    await cp(join(folder, "marks"), join(folder, "kept"), { recursive: true });
    await rm(join(folder, "marks"), { recursive: true });
    const other = await start();
    await conditionOf(other, true);
    await other.integrator.integrate();
    await decide(other, 3);
    await stop();
    await rm(join(folder, "marks"), { recursive: true });
    await cp(join(folder, "kept"), join(folder, "marks"), { recursive: true });
    const last = await start();
    await refused(last);
    expect(said[0]).toMatchObject({ msg: expect.stringContaining("with another content") });
  });

  it("goes on with the newest copy", async () => {
    await decide(await start(), 3);
    await stop();
    await cp(join(folder, "data"), join(folder, "moved"), { recursive: true });
    const gateway = await start("moved");
    await decide(gateway, 1);
    expect(await signedSize(gateway)).toBe(5);
    expect(said).toEqual([]);
  });
});

describe("a gateway without its high-water marks", () => {
  it("is read-only until an operator takes the log as it is, then goes on at once", async () => {
    await decide(await start(), 1);
    await stop();
    await rm(join(folder, "marks"), { recursive: true });
    const gateway = await start();
    await refused(gateway);
    expect(said[0]).toMatchObject({
      problem: "no_mark",
      msg: expect.stringContaining("soglas fsck --adopt"),
    });
    expect(await conditionOf(gateway)).toBe("no_mark");
    expect(await conditionOf(gateway, true)).toBeNull();
    await gateway.integrator.integrate();
    await decide(gateway, 1);
    expect(await signedSize(gateway)).toBe(3);
  });

  it("does not trust one that is damaged", async () => {
    await decide(await start(), 1);
    await stop();
    for (const name of await readdir(join(folder, "marks")))
      await writeFile(join(folder, "marks", name), '{"v":1,"size":1');
    const gateway = await start();
    await refused(gateway);
    expect(said[0]).toMatchObject({ problem: "no_mark", msg: expect.stringContaining("damaged") });
    expect(await conditionOf(gateway, true)).toBeNull();
    await gateway.integrator.integrate();
    await decide(gateway, 1);
  });

  it("signs a new log, and leaves a mark before its first signature", async () => {
    const gateway = await start();
    await expect(readdir(join(folder, "marks"))).resolves.toEqual([]);
    const fresh = { log: 1, origin: "log.example/fresh" };
    await gateway.guard!.check(gateway.storage.main.read, fresh);
    expect(await readdir(join(folder, "marks"))).toEqual(["log.example%2Ffresh.json"]);
    await decide(gateway, 1);
    expect(await signedSize(gateway)).toBe(2);
  });
});
