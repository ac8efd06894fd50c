import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { siteList, staffSession, type Role } from "../../../gateway/contract/staff/staff.ts";
import {
  failureOf,
  openInstallation,
  randomId,
  textWithoutRequestId,
  type Installation,
} from "../../staff/installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

/** What the console's own page sends. */
const ownPage = { "Sec-Fetch-Site": "same-origin", "Soglas-Console": "act" };
const unknownKey = `soglas_0123456789abcdef_${"A".repeat(43)}`;

function signIn(key: string, headers: Record<string, string> = ownPage) {
  const body = JSON.stringify({ key });
  return installation.app.request("/v1/staff/session", { method: "POST", body, headers });
}

const cookieOf = (response: Response) => response.headers.get("Set-Cookie")!.split(";")[0]!;

const get = (path: string, headers: Record<string, string>) =>
  installation.app.request(path, { headers });

describe("signing in", () => {
  test("a key becomes a session that says who it is, until signing out", async () => {
    const { id, key } = await installation.key("compliance");
    const signedIn = await signIn(key);
    expect(signedIn.status).toBe(201);
    const session = staffSession.parse(await signedIn.json());
    expect(session).toEqual({
      keyId: id,
      label: "compliance key",
      role: "compliance",
      sites: null,
      isPerson: false,
    });
    const headers = { Cookie: cookieOf(signedIn), ...ownPage };
    expect(await (await get("/v1/staff/session", headers)).json()).toEqual(session);

    const out = await installation.app.request("/v1/staff/session", { method: "DELETE", headers });
    expect(out.status).toBe(204);
    expect(out.headers.get("Set-Cookie")).toMatch(/^soglas-console=;.*Max-Age=0/);
    expect((await get("/v1/staff/session", headers)).status).toBe(401);
    expect((await installation.trail(id)).map(({ action }) => action)).toEqual([
      "session.start",
      "session.end",
    ]);
  });

  test("the cookie is out of reach of scripts and other sites", async () => {
    const { key } = await installation.key("auditor");
    const cookie = (await signIn(key)).headers.get("Set-Cookie")!;
    expect(cookie).toMatch(/^soglas-console=[A-Za-z0-9_-]{43};/);
    for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"])
      expect(cookie).toContain(attribute);
    expect(cookie).not.toContain("Secure");
    expect(cookie).not.toContain("Domain");
  });

  test("over https the cookie is Secure and bound to this very host", async () => {
    const publicUrl = "https://consent.example.com/gateway";
    const secure = await openInstallation({ publicUrl, sites: [] });
    try {
      const key = (await secure.staff.keys.ensureFirstKey())!;
      const response = await secure.app.request("/v1/staff/session", {
        method: "POST",
        body: JSON.stringify({ key }),
        headers: { Origin: "https://consent.example.com", "Soglas-Console": "act" },
      });
      expect(response.status).toBe(201);
      const cookie = response.headers.get("Set-Cookie")!;
      expect(cookie).toMatch(/^__Host-soglas-console=/);
      expect(cookie).toContain("Secure");
    } finally {
      await secure.close();
    }
  });

  test("signing in again ends the session before", async () => {
    const { key } = await installation.key("compliance");
    const first = cookieOf(await signIn(key));
    await signIn(key, { ...ownPage, Cookie: first });
    expect((await get("/v1/staff/session", { Cookie: first, ...ownPage })).status).toBe(401);
  });

  test("unknown, revoked and malformed keys get one and the same answer", async () => {
    const { id, key } = await installation.key("owner");
    await installation.staff.keys.revoke(id);
    const answers = [];
    for (const wrong of [unknownKey, key, "203.0.113.9", ""])
      answers.push(await failureOf(await signIn(wrong)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, code: "unauthorized" });
  });

  test("a body of another form is refused without repeating it", async () => {
    for (const body of [
      "",
      "key",
      '{"key":1}',
      '{"203.0.113.9":1}',
      '{"key":"","x":"a@b.example"}',
    ]) {
      const response = await installation.app.request("/v1/staff/session", {
        method: "POST",
        body,
        headers: ownPage,
      });
      expect(response.status).toBe(400);
      expect(await response.text()).not.toMatch(/203\.0|a@b/);
    }
    const large = await signIn("x".repeat(2000));
    expect(large.status).toBe(413);
  });

  test("failures are limited, and lock out nobody who has a key", async () => {
    const limited = await openInstallation({ sites: [] });
    try {
      const key = (await limited.staff.keys.ensureFirstKey())!;
      const signInWith = (shown: string) =>
        limited.app.request("/v1/staff/session", {
          method: "POST",
          body: JSON.stringify({ key: shown }),
          headers: ownPage,
        });
      const readWith = (shown: string) =>
        limited.app.request("/v1/staff/sites", { headers: { Authorization: `Bearer ${shown}` } });
      // Both doors count together, and the id of a key is no secret.
      const wrong = key.slice(0, 24) + "A".repeat(43);
      for (let n = 0; n < 5; n += 1) {
        expect((await signInWith(wrong)).status).toBe(401);
        expect((await readWith(wrong)).status).toBe(401);
      }
      for (const attempt of [signInWith, readWith]) {
        const refused = await attempt(wrong);
        expect(refused.status).toBe(429);
        expect(refused.headers.get("Retry-After")).toBe("300");
      }
      expect((await signInWith(key)).status).toBe(201);
      expect((await readWith(key)).status).toBe(200);

      for (let n = 0; n < 200; n += 1) await signInWith("no key at all");
      expect((await readWith("no-key-at-all")).status).toBe(429);
      expect((await signInWith(key)).status).toBe(201);
      expect((await readWith(key)).status).toBe(200);

      limited.clock.advance(300_000);
      expect((await signInWith(wrong)).status).toBe(401);
    } finally {
      await limited.close();
    }
  });
});

describe("requests another page made the browser send", () => {
  const foreign: [string, Record<string, string>][] = [
    ["without the console's header", { "Sec-Fetch-Site": "same-origin" }],
    ["cross-site", { "Sec-Fetch-Site": "cross-site", "Soglas-Console": "act" }],
    ["from another port of localhost", { "Sec-Fetch-Site": "same-site", "Soglas-Console": "act" }],
    ["without any origin", { "Soglas-Console": "act" }],
    ["from another origin", { Origin: "http://localhost:8788", "Soglas-Console": "act" }],
    ["from an opaque origin", { Origin: "null", "Soglas-Console": "act" }],
  ];

  test.each(foreign)("signing in and out %s is refused", async (_, headers) => {
    const { key } = await installation.key("owner");
    expect(await failureOf(await signIn(key, headers))).toMatchObject({
      status: 403,
      code: "forbidden",
    });

    const cookie = cookieOf(await signIn(key));
    const out = await installation.app.request("/v1/staff/session", {
      method: "DELETE",
      headers: { Cookie: cookie, ...headers },
    });
    expect(out.status).toBe(403);
    expect((await get("/v1/staff/session", { Cookie: cookie, ...ownPage })).status).toBe(200);
  });

  test("reading with the cookie is refused to pages of other origins, same-site ones too", async () => {
    const { key } = await installation.key("owner");
    const Cookie = cookieOf(await signIn(key));
    for (const site of ["cross-site", "same-site"])
      expect((await get("/v1/staff/sites", { Cookie, "Sec-Fetch-Site": site })).status).toBe(403);
    for (const site of ["same-origin", "none"])
      expect((await get("/v1/staff/sites", { Cookie, "Sec-Fetch-Site": site })).status).toBe(200);
  });

  test("where browsers leave Sec-Fetch-Site out, the origin decides", async () => {
    const { key } = await installation.key("owner");
    const headers = { Origin: "http://localhost:8787", "Soglas-Console": "act" };
    expect((await signIn(key, headers)).status).toBe(201);
  });
});

describe("who may read what", () => {
  const roles: Role[] = ["owner", "compliance", "auditor", "backend"];
  let recordId: string;
  beforeAll(async () => {
    recordId = (await installation.decide("clinic")).recordId;
  });

  /** Every address that reads, and what a role that may read gets. */
  const addresses = (site: string) => [
    "/v1/staff/session",
    "/v1/staff/sites",
    `/v1/staff/records?site=${site}`,
    `/v1/staff/records/${site}/${recordId}`,
  ];

  test.each(roles)(
    "%s, with a key for every site, for this one, and for the other one",
    async (role) => {
      const mayRead = role !== "backend";
      for (const [keySite, covered] of [
        [null, true],
        ["clinic", true],
        ["clinic-eu", false],
      ] as const) {
        const { key } = await installation.key(role, keySite);
        const statuses = [];
        for (const address of addresses("clinic"))
          statuses.push((await get(address, { Authorization: `Bearer ${key}` })).status);
        const record = covered ? 200 : 404;
        expect(statuses).toEqual(mayRead ? [200, 200, record, record] : [200, 403, 403, 403]);
      }
    },
  );

  test.each(roles)("%s may sign in to the console only when it may read", async (role) => {
    const { key } = await installation.key(role);
    const response = await signIn(key);
    expect(response.status).toBe(role === "backend" ? 403 : 201);
    expect(response.headers.has("Set-Cookie")).toBe(role !== "backend");
  });

  test("nobody reads without a key that counts", async () => {
    const { id, key } = await installation.key("owner");
    await installation.staff.keys.revoke(id);
    const nobodies = [
      {},
      { Authorization: "Bearer" },
      { Authorization: `Bearer ${unknownKey}` },
      { Authorization: `Bearer ${key}` },
      { Authorization: `Basic ${btoa("a:b")}` },
      { Cookie: "soglas-console=AAAA" },
      { Cookie: "__Host-soglas-console=AAAA" },
    ];
    const bodies = new Set<string>();
    for (const headers of nobodies)
      for (const address of addresses("clinic")) {
        const response = await get(address, headers);
        expect(response.status).toBe(401);
        expect(response.headers.get("WWW-Authenticate")).toMatch(/^Bearer/);
        expect(response.headers.get("Cache-Control")).toBe("no-store");
        bodies.add(await textWithoutRequestId(response));
      }
    expect(bodies.size).toBe(1);
  });

  test("a wrong Bearer key is not saved by a good cookie", async () => {
    const { key } = await installation.key("owner");
    const headers = { Cookie: cookieOf(await signIn(key)), Authorization: `Bearer ${unknownKey}` };
    expect((await get("/v1/staff/sites", headers)).status).toBe(401);
  });

  test("not yours and not there cannot be told apart", async () => {
    const { key } = await installation.key("compliance", "clinic-eu");
    const headers = { Authorization: `Bearer ${key}` };
    const answers = new Set<string>();
    for (const address of [
      "/v1/staff/records?site=clinic",
      "/v1/staff/records?site=nowhere",
      `/v1/staff/records/clinic/${recordId}`,
      `/v1/staff/records/clinic/${randomId()}`,
      `/v1/staff/records/nowhere/${recordId}`,
      `/v1/staff/records/clinic-eu/${recordId}`,
      `/v1/staff/records/clinic-eu/${randomId()}`,
      "/v1/staff/records/clinic-eu/not-an-id",
    ]) {
      const response = await get(address, headers);
      expect(response.headers.get("Content-Type")).toBe("application/json");
      answers.add(`${response.status} ${await textWithoutRequestId(response)}`);
    }
    expect([...answers]).toEqual([expect.stringMatching(/^404 /)]);
  });

  test("a key for one site lists that site only", async () => {
    const { key } = await installation.key("auditor", "clinic-eu");
    const response = await get("/v1/staff/sites", { Authorization: `Bearer ${key}` });
    const { sites } = siteList.parse(await response.json());
    expect(sites.map(({ id }) => id)).toEqual(["clinic-eu"]);
  });
});
