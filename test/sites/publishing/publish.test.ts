import { createHash } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openHistory } from "../../../gateway/sites/history/history.ts";
import { PublishError, VersionConflict } from "../../../gateway/sites/sites.ts";
import type { StorageOptions } from "../../../gateway/storage/open.ts";
import { startPostgres, type Postgres } from "../../storage/postgres.ts";
import {
  bytes,
  fixtures,
  installation as open,
  shop,
  shopWith,
  startTime,
} from "../installation.ts";

const day = 86_400_000;
const second = Math.floor(startTime / 1000) * 1000;

describe("on SQLite", () => publishing(async () => undefined));

describe("on PostgreSQL", () => {
  let postgres: Postgres | undefined;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());
  publishing(async () => ({
    engine: "postgres",
    url: await postgres!.database(),
    keysUrl: await postgres!.database(),
  }));
});

/** @param database a fresh one for each test */
function publishing(database: () => Promise<StorageOptions | undefined>): void {
  const installation = async () => open(join(fixtures, "widget"), await database());

  test("who expects another version than the newest publishes nothing; history tells the rest", async () => {
    const { sites, storage, clock } = await installation();
    const history = openHistory({ storage, clock, sites });
    expect(await history.timeline("shop")).toBeNull();
    const { version } = await sites.publish(await shop());
    const other = await shopWith((site) => (site.controller.name = "Torches Ltd"));
    const attempt = sites.publish(other, { expected: "A".repeat(43) });
    await expect(attempt).rejects.toThrow(VersionConflict);
    const effectiveAt = second + 30 * day;
    const next = await sites.publish(other, { expected: version, effectiveAt, publishedBy: "me" });
    const timeline = (await history.timeline("shop", effectiveAt))!;
    expect(timeline.entries).toMatchObject([
      { version: next.version, status: "announced", publishedBy: "me", until: null },
      { version, status: "in-force", publishedBy: null, until: effectiveAt / 1000 },
    ]);
    expect(timeline.inForce).toBe(timeline.entries[0]!.id);
    expect(await history.difference("shop", version, next.version)).toMatchObject({
      asksAgain: [{ about: "controller", id: null }],
      changes: [{ of: null, field: "controller.name", after: "Torches Ltd" }],
      documents: [],
    });
    expect(await history.difference("other", version, next.version)).toBeNull();
  });

  test("a published site is in effect, under a logged configuration", async () => {
    const { sites, storage } = await installation();
    expect(await sites.effective("shop")).toBeNull();
    const published = await sites.publish(await shop());
    expect(published).toMatchObject({ site: "shop", effectiveAt: second, fresh: true });

    const config = await sites.effective("shop");
    expect(config).toMatchObject({ hash: published.config, version: published.version });
    expect(await sites.logged("shop", published.config)).toEqual(config);
    expect(await sites.logged("other", published.config)).toBeNull();
    expect(await sites.list()).toEqual([{ id: "shop", config }]);

    const row = await storage.main.read.selectFrom("configs").selectAll().executeTakeFirstOrThrow();
    const statement = JSON.parse(Buffer.from(row.statement).toString()) as Record<string, unknown>;
    expect(createHash("sha256").update(row.statement).digest("base64url")).toBe(published.config);
    expect(statement).toMatchObject({
      site: "shop",
      version: published.version,
      build: config?.build,
      policy: config?.policyHash,
      consent: config?.consentHash,
      revision: config?.revision,
      effective: second / 1000,
    });
    expect(row.idx).toBe(0);
  });

  test("the version is what coreutils compute over the files", async () => {
    const { sites } = await installation();
    const files = await shop();
    const { version } = await sites.publish(files);
    const sums = [...files]
      .map(([path, content]) => [path, createHash("sha256").update(content).digest("hex")] as const)
      .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map(([path, sum]) => `${sum}  ${path}\n`)
      .join("");
    expect(version).toBe(createHash("sha256").update(sums).digest("base64url"));
  });

  test("the same content again changes nothing; one changed byte is a new version", async () => {
    const { sites, storage } = await installation();
    const first = await sites.publish(await shop());
    const again = await sites.publish(await shop());
    expect(again).toEqual({ ...first, fresh: false });
    const rows = (table: "timeline" | "configs" | "site_versions") =>
      storage.main.read.selectFrom(table).selectAll().execute();
    expect(await rows("timeline")).toHaveLength(1);
    expect(await rows("configs")).toHaveLength(1);

    const changed = (await shop()).set(
      "policy/en.md",
      bytes(`${policyText(await shop())}\nMore.\n`),
    );
    const second = await sites.publish(changed);
    expect(second.fresh).toBe(true);
    expect(second.version).not.toBe(first.version);
    expect((await sites.effective("shop"))?.hash).toBe(second.config);
    expect(await rows("site_versions")).toHaveLength(2);
  });

  test("going back to an earlier version within one second counts again", async () => {
    const { sites, clock } = await installation();
    const first = await sites.publish(await shop());
    await sites.publish(await shopWith((site) => (site.controller.contact = "new@shop.example")));
    const back = await sites.publish(await shop());
    expect(back).toMatchObject({ version: first.version, fresh: true });
    expect(back.config).not.toBe(first.config);
    clock.time = back.effectiveAt;
    expect((await sites.effective("shop"))?.hash).toBe(back.config);
  });

  test("an announced version counts from its day on, not before", async () => {
    const { sites, clock } = await installation();
    const first = await sites.publish(await shop());
    const announced = await sites.publish(
      await shopWith((site) => (site.controller.contact = "new@shop.example")),
      { effectiveAt: second + 30 * day },
    );
    expect(announced.effectiveAt).toBe(second + 30 * day);
    expect(await sites.logged("shop", announced.config)).toMatchObject({
      version: announced.version,
    });
    clock.time = second + 30 * day - 1;
    expect((await sites.effective("shop"))?.hash).toBe(first.config);
    clock.time = second + 30 * day + 1000;
    expect((await sites.effective("shop"))?.hash).toBe(announced.config);
  });

  test("an announced version that is published at every start stays announced", async () => {
    const { sites, storage } = await installation();
    await sites.publish(await shop());
    const next = await shopWith((site) => (site.controller.contact = "new@shop.example"));
    const announced = await sites.publish(next, { effectiveAt: second + 30 * day });
    expect(await sites.publish(next)).toEqual({ ...announced, fresh: false });
    expect(await storage.main.read.selectFrom("timeline").selectAll().execute()).toHaveLength(2);
  });

  test("a version cannot count from the past, from nowhere, or from a far future", async () => {
    const { sites, storage } = await installation();
    for (const effectiveAt of [second - 1, Number.NaN, 1e300, startTime + 401 * day])
      await expect(sites.publish(await shop(), { effectiveAt })).rejects.toMatchObject({
        issues: [{ path: "effectiveAt" }],
      });
    expect(await storage.main.read.selectFrom("sites").selectAll().execute()).toEqual([]);
  });

  test("a refused directory leaves nothing behind", async () => {
    const { sites, storage } = await installation();
    const files = await shopWith((site) => (site.services[0]!.purpose = "marketing"));
    await expect(sites.publish(files)).rejects.toThrow(PublishError);
    for (const table of ["sites", "site_versions", "timeline", "configs", "version_files"] as const)
      expect(await storage.main.read.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  test("a language that the banner does not speak is refused", async () => {
    const { sites } = await installation();
    const files = await shopWith((site) => {
      site.languages = ["en", "eo"];
      for (const text of [site.name, ...[...site.purposes, ...site.services].flatMap(texts)])
        Object.assign(text, { eo: "x" });
      for (const text of [site.name, ...[...site.purposes, ...site.services].flatMap(texts)])
        delete text["ru"];
    });
    for (const [folder, ending] of [
      ["policy", "md"],
      ["summary", "json"],
      ["consent", "md"],
    ]) {
      files.set(`${folder}/eo.${ending}`, files.get(`${folder}/en.${ending}`)!);
      files.delete(`${folder}/ru.${ending}`);
    }
    await expect(sites.publish(files)).rejects.toMatchObject({
      issues: [{ path: "site.json: languages.1" }],
    });
  });

  test("the log's name is fixed by the first publication and belongs to one site", async () => {
    const { sites, storage } = await installation();
    await sites.publish(await shop());
    const log = await storage.main.read
      .selectFrom("logs")
      .select("origin")
      .executeTakeFirstOrThrow();
    expect(log.origin).toBe("consent.example/soglas/log/shop/2026");
    const named = (name: string, id = "shop") =>
      shopWith((site) => Object.assign(site, { id, log: { name } }));
    const refusal = { issues: [{ path: "site.json: log.name" }] };
    await expect(sites.publish(await named("other.example/log"))).rejects.toMatchObject(refusal);
    await expect(
      sites.publish(await named("consent.example/soglas/log/shop", "copy")),
    ).rejects.toMatchObject(refusal);
    expect(await sites.publish(await named("consent.example/soglas/log/shop"))).toMatchObject({
      fresh: true,
    });
  });

  test("publications of one site at the same time follow each other", async () => {
    const { sites, storage, clock } = await installation();
    const contacts = ["a@shop.example", "b@shop.example", "c@shop.example", "a@shop.example"];
    const published = await Promise.all(
      contacts.map(async (contact) =>
        sites.publish(await shopWith((site) => (site.controller.contact = contact))),
      ),
    );
    for (const { version, config } of published)
      expect(await sites.logged("shop", config)).toMatchObject({ version });
    const { version } = await storage.main.read
      .selectFrom("timeline")
      .select("version")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    clock.time += 5000;
    expect(await sites.effective("shop")).toMatchObject({ version });
  });

  test("a new widget build is logged at the next start, for what counts and for what is announced", async () => {
    const { sites, storage, clock, restart } = await installation();
    const first = await sites.publish(await shop());
    const announced = await sites.publish(
      await shopWith((site) => (site.controller.contact = "new@shop.example")),
      { effectiveAt: second + 30 * day },
    );
    const folder = await mkdtemp(join(tmpdir(), "soglas-widget-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await cp(join(fixtures, "widget"), folder, { recursive: true });
    await writeFile(join(folder, "core.js"), "(function(){globalThis.soglas='new build'})();");

    clock.time += 5000;
    const next = await restart(folder);
    const configs = () => storage.main.read.selectFrom("configs").selectAll().execute();
    expect(await configs()).toHaveLength(4);
    const now = await next.effective("shop");
    expect(now).toMatchObject({ version: first.version, effectiveAt: second + 5000 });
    expect(now?.hash).not.toBe(first.config);
    expect(await scriptText(next.tag("shop"))).toContain("new build");
    // What was shown before can be shown again, with its own build.
    expect(await next.logged("shop", first.config)).toMatchObject({ version: first.version });

    await restart(folder);
    expect(await configs()).toHaveLength(4);
    clock.time = second + 31 * day;
    const later = await next.effective("shop");
    expect(later).toMatchObject({ version: announced.version, build: now?.build });

    // Back to the former build: logged again, and in effect.
    const former = await restart();
    expect(await former.effective("shop")).toMatchObject({
      version: announced.version,
      effectiveAt: second + 31 * day,
    });
    expect(await scriptText(former.tag("shop"))).not.toContain("new build");
  });

  test("a start after a crash between storing and logging logs what is missing", async () => {
    const { sites, storage, restart } = await installation();
    const { version } = await sites.publish(await shop());
    await storage.main.transaction(async (trx) => {
      await trx.deleteFrom("configs").execute();
    });
    const healed = await restart();
    expect(await healed.effective("shop")).toMatchObject({ version });
  });

  test("what another process publishes is seen within a second", async () => {
    const { sites, restart, clock } = await installation();
    const other = await restart();
    expect(await sites.effective("shop")).toBeNull();
    const { config } = await other.publish(await shop());
    expect(await sites.effective("shop")).toBeNull();
    clock.time += 1000;
    expect((await sites.effective("shop"))?.hash).toBe(config);
  });
}

const policyText = (files: Map<string, Uint8Array>) =>
  new TextDecoder().decode(files.get("policy/en.md"));

const texts = (part: { name: Record<string, string>; description: Record<string, string> }) => [
  part.name,
  part.description,
];

const scriptText = async (script: Promise<{ body: Uint8Array } | null>) =>
  new TextDecoder().decode((await script)?.body);
