import { expect, test } from "vitest";
import { createApi } from "../../gateway/console/api.ts";

interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
}

/** An API below a path prefix that gets one answer, and what it sent. */
function answering(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const api = createApi(new URL("https://gateway.test/prefix/v1/staff/"), async (input, init) => {
    const headers = new Headers(init?.headers);
    sent.push({ url: String(input), method: init?.method ?? "GET", headers, body: init?.body });
    return answer();
  });
  return { api, sent };
}

test("calls go below the gateway's own prefix and say who caused them", async () => {
  const { api, sent } = answering(() => Response.json({}));
  await api.records("clinic", { purpose: "analytics" }, "1-20", "watch");
  await api.record("clinic", "abc");
  await api.signIn("soglas_key");
  await api.state("clinic", "9MMD BF83", { at: "1795441858" });
  expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET https://gateway.test/prefix/v1/staff/records?site=clinic&purpose=analytics&cursor=1-20",
    "GET https://gateway.test/prefix/v1/staff/records/clinic/abc",
    "POST https://gateway.test/prefix/v1/staff/session",
    "GET https://gateway.test/prefix/v1/staff/subjects/clinic/9MMD%20BF83/state?at=1795441858",
  ]);
  expect(sent.map(({ headers }) => headers.get("Soglas-Console"))).toEqual([
    "watch",
    "act",
    "act",
    "act",
  ]);
  expect(sent[2]!.body).toBe('{"key":"soglas_key"}');
});

const envelope = { error: { code: "internal", message: "failed", requestId: "request-7" } };

test("a legal hold is told from other conflicts", async () => {
  const conflict = (code: string) =>
    answering(() => Response.json({ error: { ...envelope.error, code } }, { status: 409 })).api;
  const body = { site: "clinic", consentId: "9MMDBF83GPSDQJHG" };
  expect(await conflict("legal_hold").erase(body)).toEqual({
    ok: false,
    failure: { kind: "held" },
  });
  expect(await conflict("record_conflict").erase(body)).toEqual({
    ok: false,
    failure: { kind: "failed", requestId: "request-7" },
  });
});

test("what does not fit is named by its place", async () => {
  const issues = [{ path: "policy", message: "a hash" }];
  const { api } = answering(() =>
    Response.json({ error: { ...envelope.error, issues } }, { status: 400 }),
  );
  expect(await api.sites()).toEqual({
    ok: false,
    failure: { kind: "invalid", paths: ["policy"] },
  });
});

test.each([
  [401, {}, { kind: "signed-out" }],
  [403, {}, { kind: "forbidden" }],
  [404, {}, { kind: "not-found" }],
  [429, { "Retry-After": "17" }, { kind: "limited", seconds: 17 }],
  [500, {}, { kind: "failed", requestId: "request-7" }],
] as const)("status %d", async (status, headers, failure) => {
  const { api } = answering(() => Response.json(envelope, { status, headers }));
  expect(await api.sites()).toEqual({ ok: false, failure });
});

test("no connection, a proxy's page and an empty answer are told apart", async () => {
  const offline = answering(() => Promise.reject(new TypeError("Failed to fetch")));
  expect(await offline.api.sites()).toEqual({ ok: false, failure: { kind: "offline" } });
  const proxy = answering(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  expect(await proxy.api.sites()).toEqual({
    ok: false,
    failure: { kind: "failed", requestId: null },
  });
  const signedOut = answering(() => new Response(null, { status: 204 }));
  expect(await signedOut.api.signOut()).toEqual({ ok: true, value: null });
});
