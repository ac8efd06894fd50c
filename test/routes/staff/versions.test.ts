import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import {
  draftAnswer,
  publishAnswer,
  siteDifference,
  siteTag,
  siteTimeline,
  siteVersion,
} from "../../../gateway/contract/staff/versions.ts";
import type { SiteInput } from "../../../gateway/contract/site.ts";
import {
  failureOf,
  openInstallation,
  siteTexts,
  textWithoutRequestId,
  type Installation,
} from "../../staff/installation.ts";

const day = 86_400_000;
type Key = Awaited<ReturnType<Installation["key"]>>;

let installation: Installation;
let owner: Key;
let first: string;
let original: Record<string, string>;

beforeAll(async () => {
  installation = await openInstallation();
  owner = await installation.key("owner", "clinic");
  first = (await installation.sites.effective("clinic"))!.version;
  original = await siteTexts("clinic");
});
afterAll(() => installation.close());
beforeEach(() => installation.clock.advance(day));

const seconds = () => Math.floor(installation.clock.now() / 1000);
const get = (path: string, key = owner) =>
  installation.app.request(`/v1/staff/sites/clinic/${path}`, { headers: key.headers });
const post = (path: string, body: object, key = owner) =>
  installation.app.request(`/v1/staff/sites/clinic/${path}`, {
    method: "POST",
    headers: key.headers,
    body: JSON.stringify(body),
  });
const timeline = async (query = "") =>
  siteTimeline.parse(await (await get(`versions${query}`)).json());

/** The demo's clinic with its site.json and its documents changed. */
function changed(
  change: (site: SiteInput) => void,
  documents: Record<string, string> = {},
): Record<string, string> {
  const site = JSON.parse(original["site.json"]!) as SiteInput;
  change(site);
  return { ...original, ...documents, "site.json": JSON.stringify(site) };
}

test("what was in force on a day, what was announced, and who published it", async () => {
  const before = await timeline();
  expect(before).toMatchObject({ newest: first, inForce: before.entries[0]!.id });
  expect(before.entries).toEqual([
    expect.objectContaining({ version: first, status: "in-force", until: null, publishedBy: null }),
  ]);

  const effectiveAt = seconds() + 30 * 86_400;
  const policy = `${original["policy/en.md"]}\n\n## Payments\n\nWe use a payment provider.\n`;
  const files = changed(() => {}, { "policy/en.md": policy });
  const response = await post("versions", { files, expected: first, effectiveAt });
  expect(response.status).toBe(201);
  const published = publishAnswer.parse(await response.json());
  expect(published).toMatchObject({ effectiveAt, fresh: true });

  const announced = await timeline();
  expect(announced.newest).toBe(published.version);
  expect(announced.entries.map(({ status }) => status)).toEqual(["announced", "in-force"]);
  expect(announced.entries[0]).toMatchObject({
    publishedAt: seconds(),
    effectiveAt,
    publishedBy: owner.id,
  });
  expect(announced.entries[1]!.until).toBe(effectiveAt);
  expect(announced.entries[0]!.policy).not.toBe(announced.entries[1]!.policy);
  expect(announced.entries[0]!.consent).toBe(announced.entries[1]!.consent);

  // The one moment and the other.
  const inForce = async (at: number) => (await timeline(`?at=${at}`)).inForce;
  expect(await inForce(effectiveAt - 1)).toBe(announced.entries[1]!.id);
  expect(await inForce(effectiveAt)).toBe(announced.entries[0]!.id);
  expect(await inForce(0)).toBeNull();

  // Put off: for the same moment, what is published last counts.
  const again = publishAnswer.parse(
    await (
      await post("versions", { files: original, expected: published.version, effectiveAt })
    ).json(),
  );
  expect((await timeline()).entries.map(({ status }) => status)).toEqual([
    "announced",
    "replaced",
    "in-force",
  ]);
  installation.clock.advance(31 * day);
  expect((await timeline()).entries.map(({ status }) => status)).toEqual([
    "in-force",
    "replaced",
    "superseded",
  ]);
  expect(again.version).toBe(first);
});

test("a version's files, byte for byte, so that publishing them again changes nothing", async () => {
  const response = await get(`versions/${first}`);
  const { files, configuration } = siteVersion.parse(await response.json());
  expect(files).toEqual(original);
  expect(configuration.validity.grantDays).toBe(365);
  const { newest } = await timeline();
  const answer = await post("versions", { files, expected: newest });
  expect(publishAnswer.parse(await answer.json())).toMatchObject({ version: first, fresh: false });
});

test("a difference in words of the configuration, and paragraph by paragraph", async () => {
  const files = changed(
    (site) => {
      site.services[0]!.recipient.name = "Another Ltd";
      site.services.pop();
      site.validity = { grantDays: 180, refusalDays: 180 };
      site.origins = site.origins.toReversed();
    },
    { "policy/en.md": original["policy/en.md"]!.replaceAll(/\n\n/g, "\n\n\n") },
  );
  const check = draftAnswer.parse(await (await post("check", { files })).json());
  expect(check.issues).toEqual([]);
  expect(check.difference).toMatchObject({
    from: first,
    to: null,
    asksAgain: [
      { about: "service", id: "metrika" },
      { about: "service", id: "metrika-clean" },
    ],
    purposes: { added: [], removed: [] },
    services: { added: [], removed: [{ id: "metrika-clean" }] },
    // Reordered origins and blank lines are no difference.
    changes: [
      { of: null, field: "validity.grantDays", before: 365, after: 180 },
      {
        of: { kind: "service", id: "metrika" },
        field: "recipient.name",
        before: "ООО «ЯНДЕКС»",
        after: "Another Ltd",
      },
    ],
    documents: [],
  });
  expect(check.difference!.changes).toHaveLength(2);

  const { newest } = await timeline();
  const words = changed(() => {}, {
    "consent/en.md": `${original["consent/en.md"]}\n\nOne more sentence.\n`,
  });
  const { version } = publishAnswer.parse(
    await (await post("versions", { files: words, expected: newest })).json(),
  );
  const response = await get(`difference?from=${first}&to=${version}`);
  const difference = siteDifference.parse(await response.json());
  expect(difference).toMatchObject({
    asksAgain: [{ about: "consent", id: null }],
    changes: [],
    documents: [{ path: "consent/en.md", kind: "consent", language: "en", state: "changed" }],
  });
  expect(difference.documents[0]!.passages.at(-1)).toEqual({
    kind: "added",
    text: "One more sentence.",
  });
  expect(difference.documents[0]!.passages[0]).toMatchObject({ kind: "gap" });
});

test("everything wrong with a draft at once, each with its place; nothing of it is published", async () => {
  const files = changed(
    (site) => {
      site.services[0]!.purpose = "nothing";
      site.validity = { grantDays: 0 };
    },
    { "summary/en.json": "{", "notes.txt": "mine" },
  );
  const { issues, difference } = draftAnswer.parse(await (await post("check", { files })).json());
  expect(difference).toBeNull();
  expect(issues.map(({ path }) => path).toSorted()).toEqual([
    "notes.txt",
    "site.json: services.0.purpose",
    "site.json: validity.grantDays",
    "summary/en.json",
  ]);
  const { newest } = await timeline();
  const refused = await post("versions", { files, expected: newest });
  expect(refused.status).toBe(400);
  const { error } = errorEnvelope.parse(await refused.json());
  expect(error.code).toBe("invalid_body");
  expect(error.issues).toEqual(issues);
  expect((await timeline()).newest).toBe(newest);
});

test("a site's owner publishes that site and no other", async () => {
  const foreign = await siteTexts("clinic-eu");
  const check = draftAnswer.parse(await (await post("check", { files: foreign })).json());
  expect(check.issues.map(({ path }) => path)).toEqual(["site.json: id"]);
  const { newest } = await timeline();
  const before = await installation.sites.effective("clinic-eu");
  const refused = await post("versions", { files: foreign, expected: newest });
  expect(refused.status).toBe(400);
  expect(await installation.sites.effective("clinic-eu")).toEqual(before);
});

test("who publishes over somebody else's version is told, and nothing is lost", async () => {
  const { newest } = await timeline();
  const mine = changed((site) => (site.banner = { placement: "bar" }));
  const theirs = changed((site) => (site.banner = { placement: "dialog" }));
  const meanwhile = await post("versions", { files: theirs, expected: newest });
  const refused = await post("versions", { files: mine, expected: newest });
  expect(await failureOf(refused)).toMatchObject({ status: 409, code: "version_conflict" });
  const { version } = publishAnswer.parse(await meanwhile.json());
  expect((await timeline()).newest).toBe(version);
  // The answer was lost, and the same is sent once more.
  const repeated = await post("versions", { files: theirs, expected: newest });
  expect(publishAnswer.parse(await repeated.json())).toMatchObject({ version, fresh: false });
  const knowing = await post("versions", { files: mine, expected: version });
  expect(knowing.status).toBe(201);
  const tag = await (await installation.app.request("/s/clinic.js")).text();
  expect(tag).toContain(publishAnswer.parse(await knowing.json()).config);
});

test("a version in the past, or too far ahead, is refused with its reason", async () => {
  const { newest } = await timeline();
  for (const effectiveAt of [seconds() - 60, seconds() + 500 * 86_400]) {
    const refused = await post("versions", { files: original, expected: newest, effectiveAt });
    const { error } = errorEnvelope.parse(await refused.json());
    expect(error.issues!.map(({ path }) => path)).toEqual(["effectiveAt"]);
  }
});

test("compliance and auditors read and check, and publish nothing", async () => {
  for (const role of ["compliance", "auditor"] as const) {
    const key = await installation.key(role, "clinic");
    expect((await get("versions", key)).status).toBe(200);
    expect((await post("check", { files: original }, key)).status).toBe(200);
    const refused = await post("versions", { files: original, expected: first }, key);
    expect(await failureOf(refused)).toMatchObject({ status: 403, code: "forbidden" });
  }
});

test("the trail says what was read, compared and published, in names of our own", async () => {
  const key = await installation.key("owner", "clinic");
  const nowhere = "A".repeat(43);
  await get("versions?at=1780000000", key);
  await get(`versions/${nowhere}`, key);
  await get(`difference?from=${first}&to=${nowhere}`, key);
  await get("tag", key);
  await post("check", { files: original }, key);
  const { newest } = await timeline();
  const published = await post("versions", { files: original, expected: newest }, key);
  const { version, effectiveAt } = publishAnswer.parse(await published.json());
  expect(await installation.trail(key.id)).toEqual([
    {
      action: "versions.list",
      detail: { site: "clinic", at: 1_780_000_000 },
      count: expect.any(Number),
    },
    { action: "version.read", detail: { site: "clinic", version: null }, count: 0 },
    { action: "versions.compare", detail: { site: "clinic", from: null, to: null }, count: 0 },
    { action: "tag.read", detail: { site: "clinic" }, count: 1 },
    // Before it happens, and with what came of it.
    { action: "version.publish", detail: { site: "clinic", done: false }, count: 0 },
    {
      action: "version.publish",
      detail: { site: "clinic", version, effectiveAt, done: true },
      count: expect.any(Number),
    },
  ]);
});

test("a version of another site is not there", async () => {
  const other = (await installation.sites.effective("clinic-eu"))!.version;
  const nowhere = "A".repeat(43);
  for (const path of ["versions/", `difference?from=${first}&to=`]) {
    const [foreign, missing] = [await get(`${path}${other}`), await get(`${path}${nowhere}`)];
    expect(foreign.status).toBe(404);
    expect(await textWithoutRequestId(foreign)).toBe(await textWithoutRequestId(missing));
  }
});

test("the tag to paste, and what a page must allow for it", async () => {
  const tag = siteTag.parse(await (await get("tag")).json());
  expect(tag.element).toBe('<script async src="http://localhost:8787/s/clinic.js"></script>');
  expect(tag.policy["script-src"]).toEqual([
    "http://localhost:8787",
    "https://mc.yandex.ru",
    "https://yastatic.net",
  ]);
  expect(tag.policy["connect-src"]).toContain("wss://mc.yandex.ru");
  expect(tag).toMatchObject({ jurisdiction: "ru", asked: ["analytics", "media"] });
  const script = tag.inline!.element.replace(/^<script>(.*)<\/script>$/s, "$1");
  expect(tag.inline!.hash).toBe(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  // Metrika has no consent mode to be told of.
  expect(script).not.toContain("gtag");
  // Every service through the gateway: pages meet nobody else.
  const { newest } = await timeline();
  const clean = changed((site) => {
    site.services = site.services.filter(({ mode }) => mode === "gateway");
  });
  await post("versions", { files: clean, expected: newest });
  const own = siteTag.parse(await (await get("tag")).json());
  expect(own.policy).toEqual({
    "script-src": ["http://localhost:8787"],
    "connect-src": ["http://localhost:8787"],
  });
});
