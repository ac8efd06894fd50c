import { createHash } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import { replay, shownScripts } from "../../../gateway/contract/staff/replay.ts";
import { openInstallation as openWhole } from "../../gateway/installation.ts";
import {
  failureOf,
  openInstallation,
  siteTexts,
  textWithoutRequestId,
  type Installation,
} from "../../staff/installation.ts";

let installation: Installation;
let config: string;
beforeAll(async () => {
  installation = await openInstallation();
  config = (await installation.sites.effective("clinic"))!.hash;
});
afterAll(() => installation.close());

const path = (site: string, hash: string, language = "ru") =>
  `/v1/staff/sites/${site}/configurations/${hash}/replay?language=${language}`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

test("a replay holds the scripts as they are served, and what was logged of them", async () => {
  const { headers, id } = await installation.key("auditor", "clinic");
  const response = await installation.app.request(path("clinic", config, "en"), { headers });
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  const { scripts, evidence, ...named } = replay.parse(await response.json());

  const served = async (path: string) => (await installation.app.request(path)).text();
  expect(scripts.tag).toBe(await served("/s/clinic.js"));
  expect(Object.keys(scripts.loaded)).toHaveLength(3);
  for (const [address, script] of Object.entries(scripts.loaded))
    expect(script).toBe(await served(new URL(address).pathname));

  expect(sha256(evidence.statement)).toBe(config);
  const { version, build } = JSON.parse(evidence.statement);
  expect(named).toEqual({ site: "clinic", config, version, build });
  for (const [path, text] of Object.entries(evidence.pieces))
    expect(sha256(text)).toBe(evidence.files[path]);
  expect(Object.keys(evidence.pieces)).toEqual(
    expect.arrayContaining(["core.js", "ui.js", "record.js"]),
  );

  expect(await installation.trail(id)).toEqual([
    { action: "replay.read", detail: { site: "clinic", config, language: "en" }, count: 1 },
  ]);
});

test("what is not there and what is another site's are told alike, and noted without its name", async () => {
  const { headers, id } = await installation.key("owner", "clinic-eu");
  const { hash: own } = (await installation.sites.effective("clinic-eu"))!;
  const ask = (path: string) => installation.app.request(path, { headers });
  const answers = await Promise.all(
    [
      path("clinic", config),
      path("nowhere", config),
      path("clinic-eu", config),
      path("clinic-eu", "A".repeat(43)),
      path("clinic-eu", "nonsense"),
      path("clinic-eu", own, "kk"),
    ].map(async (path) => {
      const response = await ask(path);
      return [response.status, await textWithoutRequestId(response)];
    }),
  );
  expect(answers[0]![0]).toBe(404);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const noted = { action: "replay.read", detail: { site: "clinic-eu", config: null }, count: 0 };
  expect(await installation.trail(id)).toEqual([noted, noted, noted, noted]);
});

test("a configuration of an older build is shown by that build", async () => {
  const older = await mkdtemp(join(tmpdir(), "soglas-older-"));
  const fixture = join(import.meta.dirname, "../../sites/fixtures/widget");
  await cp(fixture, older, { recursive: true });
  await writeFile(join(older, "ui.js"), "(()=>{SOGLAS_OLDER=SOGLAS_INTERFACE})();\n");
  const sites = ["clinic"];
  const first = await openWhole({ widgetBuild: older, sites });
  const before = (await first.gateway.sites.effective("clinic"))!;
  await first.gateway.close();
  const second = await openWhole({ folder: first.folder, sites });
  try {
    const after = (await second.gateway.sites.effective("clinic"))!;
    expect(after.version).toBe(before.version);
    expect(after.build).not.toBe(before.build);
    const key = (await second.gateway.staff.keys.ensureFirstKey())!;
    const of = async (hash: string) => {
      const headers = { Authorization: `Bearer ${key}` };
      const response = await second.app.request(path("clinic", hash), { headers });
      return replay.parse(await response.json());
    };
    const shown = await of(before.hash);
    expect(shown.build).toBe(before.build);
    expect(shown.evidence.pieces["ui.js"]).toContain("SOGLAS_OLDER");
    expect(Object.values(shown.scripts.loaded).join("")).toContain("SOGLAS_OLDER");
    expect(JSON.stringify((await of(after.hash)).scripts)).not.toContain("SOGLAS_OLDER");
  } finally {
    await second.close();
    await rm(older, { recursive: true });
  }
});

test("a draft is shown without being stored, in the languages it has", async () => {
  const { headers, id } = await installation.key("owner", "clinic");
  const files = await siteTexts("clinic");
  const site = JSON.parse(files["site.json"]!);
  site.controller.name = "Another name";
  const ask = (language: string, changed: Record<string, string> = {}) =>
    installation.app.request("/v1/staff/preview", {
      method: "POST",
      headers,
      body: JSON.stringify({
        files: { ...files, "site.json": JSON.stringify(site), ...changed },
        language,
      }),
    });
  const { loaded } = shownScripts.parse(await (await ask("ru")).json());
  expect(Object.values(loaded)[0]).toContain("Another name");
  expect((await installation.sites.effective("clinic"))!.hash).toBe(config);
  expect(await failureOf(await ask("kk"))).toMatchObject({ status: 400, code: "invalid_body" });

  const refused = await ask("ru", { "summary/ru.json": "{}" });
  expect(refused.status).toBe(400);
  const { error } = errorEnvelope.parse(await refused.json());
  expect(error.issues!.map(({ path }) => path)).toContain("summary/ru.json: lead");
  expect(await installation.trail(id)).toEqual([]);
});
