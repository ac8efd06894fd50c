import { afterAll, beforeAll, expect, test } from "vitest";
import { openInstallation, type Installation } from "./installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

const request = (path: string, init?: RequestInit) => installation.app.request(path, init);

/** One answer of every kind, by what it is. */
const answers: [string, number, () => Promise<Response>][] = [
  ["a script", 200, async () => request("/s/clinic.js")],
  ["a script's head", 200, async () => request("/s/clinic.js", { method: "HEAD" })],
  ["a script that is not there", 404, async () => request("/s/nowhere.js")],
  [
    "a script the browser has",
    304,
    async () => request("/s/clinic.js", { headers: { "If-None-Match": "*" } }),
  ],
  ["a document", 200, async () => request("/p/clinic/policy/latest")],
  [
    "a document the browser has",
    304,
    async () => {
      const etag = (await request("/p/clinic/policy/latest")).headers.get("ETag")!;
      return request("/p/clinic/policy/latest", { headers: { "If-None-Match": etag } });
    },
  ],
  ["the way to the console", 308, async () => request("/console")],
  ["a file the console has not", 404, async () => request("/console/assets/none.js")],
  ["an address of nothing", 404, async () => request("/nothing")],
  ["a refusal of staff", 401, async () => request("/v1/staff/sites")],
  [
    "a body that is no JSON",
    400,
    async () =>
      request("/v1/staff/session", {
        method: "POST",
        body: "{",
        headers: { "Sec-Fetch-Site": "same-origin", "Soglas-Console": "act" },
      }),
  ],
];

test.each(answers)(
  "%s (%i) is not sniffed, tells no referrer and has an id",
  async (_, status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(answer.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(answer.headers.get("X-Request-Id")).toMatch(/^[\da-f-]{36}$/);
  },
);
