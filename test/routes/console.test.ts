import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consoleRoutes } from "../../gateway/routes/console.ts";
import { errorResponse, HttpError, type HttpEnv } from "../../gateway/routes/http.ts";

const page = "<!doctype html><title>console</title>";
const script = "console.log('console');".repeat(50);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-console-"));
  await mkdir(join(folder, "dist/assets"), { recursive: true });
  await writeFile(join(folder, "dist/index.html"), page);
  await writeFile(join(folder, "dist/assets/index-abc.js"), script);
  await writeFile(join(folder, "dist/stage.js"), "show('</script>');\n");
  await writeFile(join(folder, "dist/notes.txt"), "not part of the console");
  await writeFile(join(folder, "secret"), "outside");
});
afterAll(() => rm(folder, { recursive: true }));

function appOf(consoleBuild: string) {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => {
    if (error instanceof HttpError) return errorResponse(c, error);
    throw error;
  });
  app.notFound((c) => errorResponse(c, new HttpError("not_found", "nothing")));
  const routes = consoleRoutes({ consoleBuild });
  return app.route("/prefix", routes).route("/", routes);
}

const request = (path: string, headers: Record<string, string> = {}) =>
  appOf(join(folder, "dist")).request(path, { headers });

test("the page comes with a policy that leaves out everything but our own files", async () => {
  const response = await request("/console/");
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(page);
  expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("Content-Security-Policy")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
      "img-src 'self' data:; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  );
  expect(response.headers.get("Cache-Control")).toBe("no-store");
});

test("the stage runs its own script and what it is handed, alone and without a network", async () => {
  const response = await request("/console/stage");
  expect(response.status).toBe(200);
  const [, script] = /<script>(.*)<\/script>/s.exec(await response.text())!;
  expect(script).toBe(String.raw`show('<\/script>');`);
  const digest = createHash("sha256").update(script!).digest("base64");
  expect(response.headers.get("Content-Security-Policy")).toBe(
    `sandbox allow-scripts; default-src 'none'; script-src 'sha256-${digest}' data:; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  );
  expect((await appOf(join(folder, "missing")).request("/console/stage")).status).toBe(503);
});

test("files named by their content are kept for ever", async () => {
  const response = await request("/console/assets/index-abc.js");
  expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
  expect(response.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
  expect(await response.text()).toBe(script);
});

test.each([
  ["br, gzip", "br", (body: Uint8Array) => brotliDecompressSync(body)],
  ["gzip;q=0.5, br;q=0", "gzip", (body: Uint8Array) => gunzipSync(body)],
  ["identity", null, (body: Uint8Array) => Buffer.from(body)],
] as const)("a client that takes %s gets %s", async (accepted, encoding, decode) => {
  const response = await request("/console/assets/index-abc.js", { "Accept-Encoding": accepted });
  expect(response.headers.get("Content-Encoding")).toBe(encoding);
  expect(response.headers.get("Vary")).toBe("Accept-Encoding");
  expect(decode(new Uint8Array(await response.arrayBuffer())).toString()).toBe(script);
});

test.each(["/console", "/prefix/console"])(
  "%s leads to the folder below whatever prefix",
  async (path) => {
    const response = await request(path);
    expect(response.status).toBe(308);
    const location = new URL(response.headers.get("Location")!, `https://gateway.example${path}`);
    expect(location.pathname).toBe(`${path}/`);
    expect((await request(location.pathname)).status).toBe(200);
  },
);

test.each([
  "/console/notes.txt",
  "/console/..%2fsecret",
  "/console/%2e%2e/secret",
  "/console/assets/",
  "/console/assets/index-other.js",
  "/console/constructor",
])("%s is not there", async (path) => {
  expect((await request(path)).status).toBe(404);
});

test("a console that was not built says so", async () => {
  const response = await appOf(join(folder, "missing")).request("/console/");
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("npm run build");
});

test("a build that comes later, or failed to be read once, is served without a restart", async () => {
  const build = join(folder, "later");
  const app = appOf(build);
  expect((await app.request("/console/")).status).toBe(503);
  // Half a build is none.
  await mkdir(join(build, "assets"), { recursive: true });
  await writeFile(join(build, "assets/index-abc.js"), script);
  expect((await app.request("/console/assets/index-abc.js")).status).toBe(503);
  await writeFile(join(build, "index.html"), page);
  expect((await app.request("/console/")).status).toBe(200);
  // From now on no request reaches the disk.
  await rm(build, { recursive: true });
  expect(await (await app.request("/console/")).text()).toBe(page);
});

test("what the browser has is not sent again", async () => {
  const etag = (await request("/console/assets/index-abc.js")).headers.get("ETag")!;
  const again = await request("/console/assets/index-abc.js", { "If-None-Match": etag });
  expect(again.status).toBe(304);
  expect(again.headers.get("Cache-Control")).toContain("immutable");
});
