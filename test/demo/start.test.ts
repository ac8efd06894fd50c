/** How a demo start reads its settings, prepares the sites, and gives up when it must. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { vendorEndpoints } from "../../demo/server.ts";
import { readDemoSettings } from "../../demo/settings.ts";
import { siteFolder } from "../../demo/site-folder.ts";
import { vendorEndpoints as endpointsSchema, vendors } from "../../gateway/events/vendors.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import { validateSite } from "../../gateway/sites/directory/validate.ts";

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "soglas-demo-"));
});
afterEach(async () => {
  for (const each of [data, `${data}-marks`]) await rm(each, { recursive: true, force: true });
});

describe("settings", () => {
  it("are the addresses of DESIGN when nothing is set", () => {
    expect(readDemoSettings({})).toMatchObject({
      host: "127.0.0.1",
      port: 8788,
      url: "http://localhost:8788",
      gatewayUrl: "http://localhost:8787",
    });
  });

  it("follow PORT, DEMO_PORT and SOGLAS_PUBLIC_URL", () => {
    const settings = readDemoSettings({ PORT: "9001", DEMO_PORT: "9002" });
    expect(settings).toMatchObject({
      url: "http://localhost:9002",
      gatewayUrl: "http://localhost:9001",
    });
    const behind = readDemoSettings({ SOGLAS_PUBLIC_URL: "https://consent.test/soglas/" });
    expect(behind.gatewayUrl).toBe("https://consent.test/soglas");
  });

  it.each(["0", "65536", "-1", "http", "8788x", "1e3"])("refuse %s as a port", (value) => {
    expect(() => readDemoSettings({ DEMO_PORT: value })).toThrow(/^DEMO_PORT must be/);
  });

  it("refuse one port for both", () => {
    expect(() => readDemoSettings({ PORT: "9001", DEMO_PORT: "9001" })).toThrow(/must differ/);
  });

  it("tell the gateway of the stand-ins in the form it reads", () => {
    const endpoints = endpointsSchema.parse(vendorEndpoints("http://localhost:8788"));
    expect(endpoints).toMatchObject({
      metrika: { collect: "http://localhost:8788/stand-in/metrika/collect" },
      ga4: {
        script: "http://localhost:8788/stand-in/ga/gtag/js",
        measure: "http://localhost:8788/stand-in/ga/mp/collect",
      },
    });
  });
});

describe("site folder", () => {
  it("is the repository's own on the usual port, and stays", async () => {
    const folder = await siteFolder(8788);
    expect(folder.path).toMatch(/demo[/\\]sites$/);
    await folder.release();
    expect(await readdir(folder.path)).toEqual(["clinic", "clinic-eu"]);
  });

  it("is a publishable copy that lists the demo's origin on another port, and goes", async () => {
    const { path, release } = await siteFolder(9002);
    for (const id of ["clinic", "clinic-eu"]) {
      const { site } = validateSite(await readSiteDirectory(join(path, id)), vendors);
      expect(site.origins).toContain("http://localhost:9002");
      expect(site.origins).not.toContain("http://localhost:8788");
    }
    await release();
    await release();
    await expect(readdir(path)).rejects.toThrow("ENOENT");
    const original = await readFile(
      join((await siteFolder(8788)).path, "clinic/site.json"),
      "utf8",
    );
    expect(original).toContain("http://localhost:8788");
  });
});

describe("npm start", () => {
  const start = (env: Record<string, string>) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        [join(import.meta.dirname, "../../demo/start.ts")],
        { env: { ...process.env, SOGLAS_DATA: data, SOGLAS_HIGHWATER: `${data}-marks`, ...env } },
        (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  it("says in one line that the demo's port is taken, and ends with 1", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    try {
      const { port } = holder.address() as AddressInfo;
      const { code, stdout, stderr } = await start({ DEMO_PORT: String(port) });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/^soglas: .*already in use.*DEMO_PORT.*\n$/);
      expect(await readdir(data)).toEqual([]);
    } finally {
      holder.close();
    }
  });

  it("says in one line which setting is wrong, and ends with 1", async () => {
    const { code, stdout, stderr } = await start({ DEMO_PORT: "web" });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^soglas: DEMO_PORT must be .*\n$/);
  });
});
