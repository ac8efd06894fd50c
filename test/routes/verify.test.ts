import { afterAll, beforeAll, expect, it } from "vitest";
import { openInstallation, type Installation } from "../gateway/installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

it("the verifier's page is served whole, under a policy that lets it talk to us only", async () => {
  const moved = await installation.app.request("/verify");
  expect([moved.status, moved.headers.get("Location")]).toEqual([308, "verify/"]);
  const page = await installation.app.request("/verify/");
  const policy = page.headers.get("Content-Security-Policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https?:/);
  const script = /src="\.\/(assets\/[^"]+)"/.exec(await page.text())![1]!;
  const loaded = await installation.app.request(`/verify/${script}`);
  expect(loaded.headers.get("Content-Type")).toContain("javascript");
  expect(loaded.headers.get("Cache-Control")).toContain("immutable");
  expect((await installation.app.request("/verify/nothing.js")).status).toBe(404);
});
