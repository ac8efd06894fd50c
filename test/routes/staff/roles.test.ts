/**
 * Every staff endpoint with every role, with a key of another site, and without one. The endpoints come
 * from the API document, so that a new one is tried without anybody thinking of it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import type { Role } from "../../../gateway/contract/staff/staff.ts";
import { operations } from "../../../gateway/routes/reference/document.ts";
import { consentId } from "../../../gateway/log/consent-id.ts";
import {
  openInstallation,
  randomId,
  siteTexts,
  textWithoutRequestId,
  type Installation,
} from "../../staff/installation.ts";

/** What each role may not ask, beside backends, who may ask nothing here. */
const writes = /^(post|delete) /;
const owners = new Set(["get keys", "post keys", "delete keys/{id}", "post sites/{site}/versions"]);
/** Reads that need a body. */
const posted = new Set(["post preview", "post sites/{site}/check"]);
/** About the holder, or about no site in particular: there is nothing to tell apart. Everything else is. */
const ofNoSite = new Set([
  "delete sessions",
  "get sites",
  "get overview",
  "get keys",
  "delete keys/{id}",
  "post preview",
]);
/** What changes nothing, and shows nothing that is stored but what is public. */
const unnoted = new Set(["post preview", "post sites/{site}/check"]);
/** Begun before anything happens and noted again with its outcome: it may take long, or be cut off. */
const twice = new Set([
  "get sites/{site}/export",
  "post sites/{site}/versions",
  "post dead-letters/replay",
  "post dead-letters/discard",
]);
/** A session is the holder's own. */
const ownSession = new Set(["get session", "delete session", "delete sessions", "post session"]);

const asked = operations
  .filter(({ access, path }) => access === "staff" && path !== "/v1/staff/session")
  .map((operation) => ({
    ...operation,
    name: `${operation.method} ${operation.path.replace("/v1/staff/", "")}`,
  }));

let installation: Installation;
let recordId: string;
let config: string;
let version: string;
let draft: Record<string, string>;
const secret = randomId();
const keys = new Map<string, string>();

beforeAll(async () => {
  installation = await openInstallation();
  ({ recordId } = await installation.decide("clinic", { secret }));
  ({ hash: config, version } = (await installation.sites.effective("clinic"))!);
  draft = await siteTexts("clinic");
  for (const role of ["owner", "compliance", "auditor", "backend"] as const)
    for (const site of ["clinic", "clinic-eu"]) keys.set(`${role} ${site}`, await make(role, site));
});
afterAll(() => installation.close());

async function make(role: Role, site: string): Promise<string> {
  const grant = { label: role, role, site, expiresAt: null };
  return (await installation.staff.keys.create(grant)).key;
}

/** A request that is right in its form; `real: false` names what was never there. */
function request(name: string, site: string, real = true): { path: string; body?: object } {
  const known = real ? site : "nowhere";
  const id = real ? consentId(site, secret) : "7Q2MXK4D9F3AP0ZT";
  const path = name
    .slice(name.indexOf(" ") + 1)
    .replace("{site}", known)
    .replace("{record}", real ? recordId : randomId())
    .replace("{version}", real ? version : "A".repeat(43))
    .replace("{config}", real ? config : "A".repeat(43))
    .replace("{consentId}", id)
    .replace("{id}", name.includes("keys") ? "0123456789abcdef" : "1");
  const range = "from=2026-05-01&to=2026-05-31";
  const queries: Record<string, string> = {
    "get rates": `site=${known}&${range}`,
    "get events/balance": `site=${known}&${range}`,
    "get events/deliveries": `site=${known}&service=metrika`,
    "get audit": `site=${known}`,
    "get sites/{site}/difference": `from=${version}&to=${version}`,
    "get sites/{site}/configurations/{config}/replay": "language=ru",
  };
  const bySite = ["get records", "get erasures", "get holds", "get dead-letters"];
  const query = queries[name] ?? (bySite.includes(name) ? `site=${known}` : "");
  const bodies: Record<string, object> = {
    "post erasures": { site: known, consentId: id },
    "post holds": { site: known, consentId: id, reason: "a court's order" },
    "post sites/{site}/check": { files: draft },
    "post sites/{site}/versions": { files: draft, expected: version },
    "post preview": { files: draft, language: "ru" },
    "post keys": { label: "another", role: "auditor", site: known, days: 1 },
    "post dead-letters/replay": { site: known, service: "metrika" },
    "post dead-letters/discard": { site: known, service: "metrika" },
  };
  return { path: `/v1/staff/${path}?${query}`, ...(bodies[name] && { body: bodies[name] }) };
}

async function ask(name: string, key: string | null, site: string, real = true) {
  const { path, body } = request(name, site, real);
  const response = await installation.app.request(path, {
    method: name.split(" ", 1)[0]!.toUpperCase(),
    headers: key === null ? {} : { Authorization: `Bearer ${key}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text };
}

const isAllowed = (role: Role, name: string) =>
  role !== "backend" &&
  (role === "owner" ||
    ownSession.has(name) ||
    (!owners.has(name) && (role === "compliance" || posted.has(name) || !writes.test(name))));

describe.each(asked)("$name", ({ name }) => {
  test("answers nobody without a key", async () => {
    expect((await ask(name, null, "clinic")).status).toBe(401);
  });

  test.each(["auditor", "backend", "compliance", "owner"] as const)("%s", async (role) => {
    const { status, text } = await ask(name, keys.get(`${role} clinic`)!, "clinic");
    if (isAllowed(role, name)) {
      // What it is about may not be there; that is no question of who asks.
      expect([200, 201, 204, 404]).toContain(status);
      if (status === 404) expect(name).toMatch(/\{id\}|erasures|holds/);
    } else {
      expect(status).toBe(403);
      expect(errorEnvelope.parse(JSON.parse(text)).error.code).toBe("forbidden");
    }
  });

  test("is noted: who, what, about which site, how many; a refusal shows nothing", async () => {
    const { id, key } = await installation.staff.keys.create({
      label: "noted",
      role: "owner",
      site: "clinic",
      expiresAt: null,
    });
    const { status } = await ask(name, key, "clinic");
    const noted = await installation.staff.audit.list({ sites: null, keyId: id, limit: 5 });
    // A hold or a key that is not there was looked for, and that is noted too.
    const about = ofNoSite.has(name) && !name.includes("keys") ? null : "clinic";
    if (unnoted.has(name)) expect([status, noted]).toEqual([200, []]);
    else {
      const entry = { keyId: id, label: "noted", site: about };
      expect(noted).toMatchObject(twice.has(name) ? [entry, entry] : [entry]);
    }
    for (const { count } of noted) expect(count).toBeGreaterThanOrEqual(0);

    const backend = await installation.staff.keys.create({
      label: "backend",
      role: "backend",
      site: "clinic",
      expiresAt: null,
    });
    await ask(name, backend.key, "clinic");
    expect(await installation.trail(backend.id)).toEqual([]);
  });

  /** Without its request id, which is another each time. */
  const said = ({ status, text }: { status: number; text: string }) => ({
    status,
    text: text.replace(/"requestId":"[^"]*"/, ""),
  });

  test("another site's key learns nothing: not even that there is something", async () => {
    if (ofNoSite.has(name)) return;
    for (const role of ["owner", "compliance", "auditor", "backend"] as const) {
      const key = keys.get(`${role} clinic-eu`)!;
      const foreign = said(await ask(name, key, "clinic"));
      expect(foreign).toEqual(said(await ask(name, key, "clinic", false)));
      expect([403, 404]).toContain(foreign.status);
    }
  });
});

test("keys of another site cannot be seen or revoked", async () => {
  const { id } = await installation.staff.keys.create({
    label: "clinic's",
    role: "auditor",
    site: "clinic",
    expiresAt: null,
  });
  const headers = { Authorization: `Bearer ${keys.get("owner clinic-eu")!}` };
  const listed = await (await installation.app.request("/v1/staff/keys", { headers })).text();
  expect(listed).not.toContain(id);
  const remove = (id: string) =>
    installation.app.request(`/v1/staff/keys/${id}`, { method: "DELETE", headers });
  const [foreign, missing] = [await remove(id), await remove("0123456789abcdef")];
  expect([foreign.status, await textWithoutRequestId(foreign)]).toEqual([
    missing.status,
    await textWithoutRequestId(missing),
  ]);
  expect((await installation.staff.keys.list()).find((key) => key.id === id)!.revokedAt).toBeNull();
});

test("a key has a name that every database can keep, and a refusal says which field is wrong", async () => {
  const headers = { Authorization: `Bearer ${keys.get("owner clinic")!}` };
  const refused = async (changed: object) => {
    const response = await installation.app.request("/v1/staff/keys", {
      method: "POST",
      headers,
      body: JSON.stringify({ label: "x", role: "auditor", site: "clinic", days: 2, ...changed }),
    });
    expect(response.status).toBe(400);
    return errorEnvelope.parse(await response.json()).error.issues!.map(({ path }) => path);
  };
  for (const label of ["a\u0000b", "\ud800", "   ", "x\u202eevil", "two\nlines", ""])
    expect(await refused({ label })).toEqual(["label"]);
  expect(await refused({ days: 1.5 })).toEqual(["days"]);
});

test("a time-limited auditor's key ends by itself, and so do its sessions", async () => {
  const owner = { Authorization: `Bearer ${keys.get("owner clinic")!}` };
  const made = await installation.app.request("/v1/staff/keys", {
    method: "POST",
    headers: owner,
    body: JSON.stringify({ label: "visit", role: "auditor", site: "clinic", days: 2 }),
  });
  const { key } = (await made.json()) as { key: string };
  expect((await ask("get records", key, "clinic")).status).toBe(200);
  installation.clock.advance(2 * 86_400_000);
  expect((await ask("get records", key, "clinic")).status).toBe(401);
});

test("signing out everywhere ends every session of the key, and no other", async () => {
  const ownPage = { "Sec-Fetch-Site": "same-origin", "Soglas-Console": "act" };
  const signIn = async (key: string) => {
    const response = await installation.app.request("/v1/staff/session", {
      method: "POST",
      headers: ownPage,
      body: JSON.stringify({ key }),
    });
    return { ...ownPage, Cookie: response.headers.get("Set-Cookie")!.split(";")[0]! };
  };
  const key = await make("compliance", "clinic");
  const [first, second] = [await signIn(key), await signIn(key)];
  const other = await signIn(keys.get("owner clinic")!);
  const status = async (headers: Record<string, string>) =>
    (await installation.app.request("/v1/staff/session", { headers })).status;
  const out = await installation.app.request("/v1/staff/sessions", {
    method: "DELETE",
    headers: first,
  });
  expect(out.status).toBe(204);
  expect([await status(first), await status(second), await status(other)]).toEqual([401, 401, 200]);
});

test("somebody of two sites has these two, in every list and in no other", async () => {
  const two = await openInstallation({
    env: {
      SOGLAS_OIDC_ISSUER: "https://id.example",
      SOGLAS_OIDC_CLIENT_ID: "soglas",
      SOGLAS_OIDC_ROLES: '[{"value":"both","role":"owner","sites":["clinic","nowhere"]}]',
    },
  });
  try {
    const keyId = await two.staff.people.cameIn({
      issuer: "https://id.example/",
      subject: "1",
      label: "olga@clinic.example",
      entitlement: "both",
    });
    const headers = {
      Cookie: `soglas-console=${await two.staff.sessions.start(keyId)}`,
      "Sec-Fetch-Site": "same-origin",
      "Soglas-Console": "act",
    };
    const ask = (path: string, init: RequestInit = {}) =>
      two.app.request(`/v1/staff/${path}`, { headers, ...init });
    const foreign = await two.key("owner", "clinic-eu");
    const everywhere = await two.key("owner");
    const own = await two.key("auditor", "clinic");
    await two.app.request("/v1/staff/records?site=clinic-eu", { headers: foreign.headers });

    const { sites } = (await (await ask("sites")).json()) as { sites: { id: string }[] };
    expect(sites.map(({ id }) => id)).toEqual(["clinic"]);
    expect((await ask("records?site=clinic")).status).toBe(200);
    expect(await textWithoutRequestId(await ask("records?site=clinic-eu"))).toBe(
      await textWithoutRequestId(await ask("records?site=nothing")),
    );
    expect(await textWithoutRequestId(await ask("records?site=nowhere"))).toBe(
      await textWithoutRequestId(await ask("records?site=nothing")),
    );

    const { keys } = (await (await ask("keys")).json()) as { keys: { id: string }[] };
    expect(keys.map(({ id }) => id)).toEqual([own.id]);
    for (const { id } of [foreign, everywhere])
      expect((await ask(`keys/${id}`, { method: "DELETE" })).status).toBe(404);
    const make = (site: string | null) =>
      ask("keys", {
        method: "POST",
        body: JSON.stringify({ label: "k", role: "owner", site, days: null }),
      });
    expect((await make("clinic")).status).toBe(201);
    expect((await make("clinic-eu")).status).toBe(404);
    expect((await make(null)).status).toBe(403);

    const { entries } = (await (await ask("audit")).json()) as {
      entries: { site: string | null }[];
    };
    expect(new Set(entries.map(({ site }) => site))).toEqual(new Set(["clinic"]));
    expect((await ask("audit?site=clinic-eu")).status).toBe(404);
  } finally {
    await two.close();
  }
});
