/** Signing in through a real OpenID provider, and everything that can go wrong on the way. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { staffSession } from "../../../gateway/contract/staff/staff.ts";
import { sessionLength } from "../../../gateway/staff/sessions.ts";
import { failureOf, openInstallation, type Installation } from "../../staff/installation.ts";
import { openLocalProvider, type LocalProvider } from "../../staff/provider.ts";

const publicUrl = "http://localhost:8787";
const callback = `${publicUrl}/v1/staff/sign-in/callback`;
const ownPage = { "Sec-Fetch-Site": "same-origin", "Soglas-Console": "act" };

let provider: LocalProvider;
let installation: Installation;
beforeAll(async () => {
  provider = await openLocalProvider(callback);
  installation = await openInstallation({ publicUrl, sites: [], env: provider.env });
});
afterAll(async () => {
  await installation.close();
  await provider.close();
});

const begin = (headers: Record<string, string> = ownPage, at = installation, again = false) =>
  at.app.request("/v1/staff/sign-in/openid", {
    method: "POST",
    headers,
    body: JSON.stringify({ again }),
  });

/** Begins as the console does. */
async function begun(at = installation) {
  const response = await begin(ownPage, at);
  expect(response.status).toBe(201);
  const { url } = (await response.json()) as { url: string };
  return { url, cookie: response.headers.get("Set-Cookie")!.split(";")[0]! };
}

const comeBack = (address: URL, cookie: string, at = installation) =>
  at.app.request(address.pathname + address.search, { headers: { Cookie: cookie } });

/** The whole way. */
async function signIn(login: string, at = installation) {
  const { url, cookie } = await begun(at);
  return comeBack(await provider.visit(url, login), cookie, at);
}

const sessionCookie = (response: Response) =>
  response.headers.getSetCookie().find((line) => line.startsWith("soglas-console="));

const who = (cookie: string, at = installation) =>
  at.app.request("/v1/staff/session", { headers: { ...ownPage, Cookie: cookie.split(";")[0]! } });

/** What the console is told, and that nobody was let in. */
function problemOf(response: Response): string {
  expect(response.status).toBe(303);
  expect(sessionCookie(response)).toBeUndefined();
  const said = response.headers.get("Location")!.split(`${publicUrl}/console/#/-/sign-in?problem=`);
  expect(said[0]).toBe("");
  return said[1]!;
}

test("whoever has a role comes in with it, under one number for good", async () => {
  const response = await signIn("olga");
  expect(response.status).toBe(303);
  expect(response.headers.get("Location")).toBe(`${publicUrl}/console/`);
  const cookie = sessionCookie(response)!;
  for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"])
    expect(cookie).toContain(attribute);

  const session = staffSession.parse(await (await who(cookie)).json());
  expect(session).toMatchObject({
    label: "olga@clinic.example",
    role: "owner",
    sites: null,
    isPerson: true,
  });
  const again = await (await who(sessionCookie(await signIn("olga"))!)).json();
  expect(again).toEqual(session);
  expect(await installation.trail(session.keyId)).toEqual([
    { action: "session.start", detail: { provider: true }, count: 0 },
    { action: "session.start", detail: { provider: true }, count: 0 },
  ]);
  const [entry] = await installation.staff.audit.list({ sites: null, limit: 1 });
  expect(entry).toMatchObject({ keyId: session.keyId, label: "olga@clinic.example" });
});

test("the first entry of the roles that fits decides, with its sites", async () => {
  const cookie = sessionCookie(await signIn("daria"))!;
  expect(await (await who(cookie)).json()).toMatchObject({ role: "compliance", sites: ["clinic"] });
});

test("what is kept of a person is their number there, one name and the entry", async () => {
  await signIn("olga");
  const rows = await installation.storage.main.read
    .selectFrom("staff_people")
    .selectAll()
    .execute();
  expect(rows.find(({ subject }) => subject === "olga")).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    issuer: `${provider.issuer}/`,
    subject: "olga",
    label: "olga@clinic.example",
    entitlement: "soglas-owners",
    signed_in_at: installation.clock.now(),
  });
});

test("the way out begins with everything the standard has against mix-ups, and a short cookie", async () => {
  const response = await begin();
  const cookie = response.headers.get("Set-Cookie")!;
  for (const attribute of [
    "HttpOnly",
    "SameSite=Lax",
    "Max-Age=600",
    "Path=/v1/staff/sign-in/callback",
  ])
    expect(cookie).toContain(attribute);
  const url = new URL(((await response.json()) as { url: string }).url);
  expect(url.origin).toBe(provider.issuer);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: "code",
    code_challenge_method: "S256",
    redirect_uri: callback,
    scope: "openid email",
  });
  expect(url.searchParams.has("prompt")).toBe(false);
  const again = (await (await begin(ownPage, installation, true)).json()) as { url: string };
  expect(new URL(again.url).searchParams.get("prompt")).toBe("login");
  for (const name of ["state", "nonce", "code_challenge"]) {
    expect(url.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    // The cookie is sealed.
    expect(cookie).not.toContain(url.searchParams.get(name)!);
  }
});

test("signing out everywhere ends every session of the person", async () => {
  const [one, other] = [sessionCookie(await signIn("olga"))!, sessionCookie(await signIn("olga"))!];
  const out = await installation.app.request("/v1/staff/sessions", {
    method: "DELETE",
    headers: { ...ownPage, Cookie: one.split(";")[0]! },
  });
  expect(out.status).toBe(204);
  for (const cookie of [one, other]) expect((await who(cookie)).status).toBe(401);
});

test("two windows may be on their way at once, and whoever comes back unasked ends neither way", async () => {
  const jar = new Map<string, string>();
  const setBy = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0(;|$)/.test(line)) jar.delete(name!);
      else jar.set(name!, value!);
    }
  };
  const cookies = () => [...jar].map((pair) => pair.join("=")).join("; ");
  const leave = async () => {
    const response = await begin({ ...ownPage, Cookie: cookies() });
    setBy(response);
    return provider.visit(((await response.json()) as { url: string }).url, "olga");
  };
  const ways = [await leave(), await leave()];
  const unasked = await comeBack(new URL(`${callback}?code=1&state=${"A".repeat(43)}`), cookies());
  setBy(unasked);
  expect(problemOf(unasked)).toBe("expired");
  for (const way of ways) {
    const response = await comeBack(way, cookies());
    expect(sessionCookie(response)).toBeDefined();
    setBy(response);
  }
  expect([...jar.keys()]).toEqual(["soglas-console"]);
});

test("beginning anew ends the session before", async () => {
  const cookie = sessionCookie(await signIn("olga"))!.split(";")[0]!;
  expect((await begin({ ...ownPage, Cookie: cookie })).status).toBe(201);
  expect((await who(cookie)).status).toBe(401);
});

test("sessions end by themselves, so that what changed at the provider counts", async () => {
  const cookie = sessionCookie(await signIn("olga"))!;
  for (let passed = 0; passed < sessionLength - 1_500_000; passed += 1_500_000) {
    installation.clock.advance(1_500_000);
    expect((await who(cookie)).status).toBe(200);
  }
  installation.clock.advance(1_500_000);
  expect((await who(cookie)).status).toBe(401);
});

test("an entry that is taken out of the settings counts at once, for running sessions too", async () => {
  const cookie = sessionCookie(await signIn("olga"))!;
  const person = await installation.storage.main.read
    .selectFrom("staff_people")
    .selectAll()
    .where("subject", "=", "olga")
    .executeTakeFirstOrThrow();
  const { people } = installation.staff;
  expect((await who(cookie)).status).toBe(200);
  expect(people.holderOf({ ...person, entitlement: "another" })).toBeNull();
  expect(people.holderOf({ ...person, issuer: "https://other.example/" })).toBeNull();
});

test("keys of the provider that changed are read again, at the second try at the latest", async () => {
  provider.rotateKeys();
  try {
    expect(problemOf(await signIn("olga"))).toBe("failed");
    expect(sessionCookie(await signIn("olga"))).toBeDefined();
    // After a minute the keys are looked up again at the first unknown one.
    provider.rotateKeys();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    expect(sessionCookie(await signIn("olga"))).toBeDefined();
  } finally {
    vi.useRealTimers();
  }
});

describe("the provider is away", () => {
  afterEach(() => provider.setAway(false));

  test("at the beginning: the console is told, and an access key still opens it", async () => {
    const fresh = await openInstallation({ publicUrl, sites: [], env: provider.env });
    try {
      provider.setAway(true);
      const response = await begin(ownPage, fresh);
      expect(await failureOf(response)).toMatchObject({ status: 503, code: "unavailable" });
      expect(response.headers.get("Set-Cookie")).toBeNull();
      const { key } = await fresh.key("owner");
      const signedIn = await fresh.app.request("/v1/staff/session", {
        method: "POST",
        body: JSON.stringify({ key }),
        headers: ownPage,
      });
      expect(signedIn.status).toBe(201);
      // A failure is not kept.
      provider.setAway(false);
      expect(sessionCookie(await signIn("olga", fresh))).toBeDefined();
    } finally {
      await fresh.close();
    }
  });

  test("at the end", async () => {
    const { url, cookie } = await begun();
    const address = await provider.visit(url, "olga");
    provider.setAway(true);
    expect(problemOf(await comeBack(address, cookie))).toBe("unavailable");
  });
});

test("what the provider is, is asked once an hour", async () => {
  await signIn("olga");
  const asked = () => provider.asked.filter((path) => path.includes("openid-configuration")).length;
  const before = asked();
  await signIn("olga");
  expect(asked()).toBe(before);
  installation.clock.advance(3_600_000);
  await signIn("olga");
  expect(asked()).toBe(before + 1);
});

test("ways are limited, and access keys are not held back by them", async () => {
  const limited = await openInstallation({
    publicUrl,
    sites: [],
    env: provider.env,
    signInsPerMinute: 3,
  });
  try {
    const { url, cookie } = await begun(limited);
    const address = await provider.visit(url, "olga");
    await begun(limited);
    await begun(limited);
    const refused = await begin(ownPage, limited);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(problemOf(await comeBack(address, cookie, limited))).toBe("limited");
    const { headers } = await limited.key("auditor");
    expect((await limited.app.request("/v1/staff/session", { headers })).status).toBe(200);
  } finally {
    await limited.close();
  }
});

test("another page cannot begin", async () => {
  for (const headers of [
    {},
    { "Sec-Fetch-Site": "same-origin" },
    { "Sec-Fetch-Site": "cross-site", "Soglas-Console": "act" },
    { Origin: "https://other.example", "Soglas-Console": "act" },
  ])
    expect(await failureOf(await begin(headers))).toMatchObject({ status: 403 });
});

test("nothing in the address decides where the browser goes afterwards", async () => {
  const { url, cookie } = await begun();
  const address = await provider.visit(url, "olga");
  for (const name of ["redirect_uri", "return_to", "next", "error_uri"])
    address.searchParams.set(name, "https://attacker.example/");
  const response = await installation.app.request(address.pathname + address.search, {
    headers: { Cookie: cookie, Host: "attacker.example", "X-Forwarded-Host": "attacker.example" },
  });
  expect(response.headers.get("Location")).toBe(`${publicUrl}/console/`);
});

test("without a provider there is no such way", async () => {
  const bare = await openInstallation({ publicUrl, sites: [] });
  try {
    const ways = async (at: Installation) =>
      (await at.app.request("/v1/staff/sign-in")).json() as Promise<unknown>;
    expect(await ways(bare)).toEqual({ openid: null });
    expect(await ways(installation)).toEqual({ openid: { name: "Clinic ID" } });
    expect((await begin(ownPage, bare)).status).toBe(404);
    expect((await bare.app.request("/v1/staff/sign-in/callback?code=1")).status).toBe(404);
  } finally {
    await bare.close();
  }
});

test("over https, below a path, cookies are Secure and for that path alone", async () => {
  const base = "https://consent.example.com/gateway";
  const secure = await openInstallation({ publicUrl: base, sites: [], env: provider.env });
  try {
    const headers = { Origin: "https://consent.example.com", "Soglas-Console": "act" };
    const response = await begin(headers, secure);
    const cookie = response.headers.get("Set-Cookie")!;
    expect(cookie).toMatch(/^__Secure-soglas-sign-in-[\w-]{16}=/);
    expect(cookie).toContain("Path=/gateway/v1/staff/sign-in/callback");
    expect(cookie).toContain("Secure");
    const { url } = (await response.json()) as { url: string };
    expect(new URL(url).searchParams.get("redirect_uri")).toBe(`${base}/v1/staff/sign-in/callback`);
    const back = await secure.app.request("/gateway/v1/staff/sign-in/callback?state=1");
    expect(back.headers.get("Location")).toBe(`${base}/console/#/-/sign-in?problem=expired`);
  } finally {
    await secure.close();
  }
});

describe("nobody comes in", () => {
  test("without an entry of the roles", async () => {
    expect(problemOf(await signIn("stranger"))).toBe("no-role");
    expect(problemOf(await signIn("nobody"))).toBe("no-role");
    const rows = await installation.storage.main.read
      .selectFrom("staff_people")
      .select("subject")
      .execute();
    expect(rows.map(({ subject }) => subject)).not.toContain("stranger");
  });

  test("who cancels there; what the provider says about it is repeated nowhere", async () => {
    installation.logged.splice(0);
    expect(problemOf(await signIn(""))).toBe("refused");
    expect(installation.logged.join()).toContain("access_denied");
    expect(installation.logged.join()).not.toContain("private.example");
  });

  test("without the cookie, with another one, with another state, or too late", async () => {
    const { url, cookie } = await begun();
    const address = await provider.visit(url, "olga");
    const other = await begun();
    const asked = provider.asked.length;
    expect(problemOf(await comeBack(address, ""))).toBe("expired");
    expect(problemOf(await comeBack(address, other.cookie))).toBe("expired");
    expect(problemOf(await comeBack(address, `${cookie}x`))).toBe("expired");
    const changed = new URL(address);
    changed.searchParams.set("state", "A".repeat(43));
    expect(problemOf(await comeBack(changed, cookie))).toBe("expired");
    changed.searchParams.delete("state");
    expect(problemOf(await comeBack(changed, cookie))).toBe("expired");
    installation.clock.advance(600_000);
    expect(problemOf(await comeBack(address, cookie))).toBe("expired");
    // All of them without a question to the provider.
    expect(provider.asked.length).toBe(asked);
  });

  test("with an answer of another issuer, or of none", async () => {
    for (const iss of ["https://attacker.example", null]) {
      const { url, cookie } = await begun();
      const address = await provider.visit(url, "olga");
      if (iss === null) address.searchParams.delete("iss");
      else address.searchParams.set("iss", iss);
      expect(problemOf(await comeBack(address, cookie))).toBe("failed");
    }
  });

  test("with another nonce, another code verifier, or a code that was used", async () => {
    for (const name of ["nonce", "code_challenge"]) {
      const { url, cookie } = await begun();
      const changed = new URL(url);
      changed.searchParams.set(name, "A".repeat(43));
      expect(problemOf(await comeBack(await provider.visit(changed.href, "olga"), cookie))).toBe(
        "failed",
      );
    }
    const { url, cookie } = await begun();
    const address = await provider.visit(url, "olga");
    expect(sessionCookie(await comeBack(address, cookie))).toBeDefined();
    expect(problemOf(await comeBack(address, cookie))).toBe("failed");
  });

  test("with a token under a key the provider does not publish; errors name nothing of it", async () => {
    installation.logged.splice(0);
    const { url, cookie } = await begun();
    const address = await provider.visit(url, "olga");
    provider.answer = (path, response) => {
      if (!path.endsWith("/jwks")) return false;
      response.setHeader("Content-Type", "application/json").end('{"keys":[]}');
      return true;
    };
    // Another gateway, which has no keys yet.
    const fresh = await openInstallation({ publicUrl, sites: [], env: provider.env });
    try {
      const way = await begun(fresh);
      const back = await provider.visit(way.url, "olga");
      expect(problemOf(await comeBack(back, way.cookie, fresh))).toBe("failed");
      expect(fresh.logged.join()).toContain("OAUTH_KEY_SELECTION_FAILED");
      expect(fresh.logged.join()).not.toMatch(/olga|clinic\.example|127\.0\.0\.1/);
      provider.answer = null;
      expect(sessionCookie(await signIn("olga", fresh))).toBeDefined();
    } finally {
      provider.answer = null;
      await fresh.close();
    }
    expect(sessionCookie(await comeBack(address, cookie))).toBeDefined();
  });
});
