/**
 * `npm start`: builds what is missing, serves the demo clinic and the vendors' stand-ins from this
 * process, and runs the gateway as a child with everything it needs to know of them.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { serve, type HttpBindings, type ServerType } from "@hono/node-server";
import { isBuilt } from "../built.ts";
import { createDemo, vendorEndpoints, type Demo } from "./server.ts";
import { readDemoSettings, type DemoSettings } from "./settings.ts";
import { siteFolder } from "./site-folder.ts";

const root = join(import.meta.dirname, "..");

async function start(settings: DemoSettings): Promise<void> {
  const demo = createDemo({ gatewayUrl: settings.gatewayUrl });
  const server = await listen(demo.fetch, settings);
  await buildIfMissing();
  const sites = await siteFolder(settings.port);
  const gateway = runGateway(settings, sites.path);
  gateway.once("message", () => {
    announce(settings);
    void sites.release();
  });
  gateway.once("error", (error) => fail(error));
  gateway.once("exit", (code, signal) => {
    server.close();
    void sites.release().finally(() => process.exit(code ?? (signal === null ? 0 : 1)));
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => void gateway.kill("SIGTERM"));
}

/** Vite is slow to load, so the builder is only touched when something is not there. */
async function buildIfMissing(): Promise<void> {
  if (isBuilt()) return;
  console.log("  Building the widget and the console, this first time only …");
  const { buildParts } = await import("../build.ts");
  await buildParts("missing");
}

function listen(fetch: Demo["fetch"], settings: DemoSettings) {
  return new Promise<ServerType>((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, env) => fetch(request, env as HttpBindings),
        port: settings.port,
        hostname: settings.host,
      },
      () => resolve(server),
    );
    server.once("error", reject);
  });
}

function runGateway(settings: DemoSettings, sites: string): ChildProcess {
  return spawn(process.execPath, [join(root, "gateway/main.ts")], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: {
      ...process.env,
      SOGLAS_SITES: process.env["SOGLAS_SITES"] || sites,
      SOGLAS_PUBLIC_URL: settings.gatewayUrl,
      SOGLAS_VENDORS:
        process.env["SOGLAS_VENDORS"] || JSON.stringify(vendorEndpoints(settings.url)),
    },
  });
}

function announce({ url }: DemoSettings): void {
  const places = [
    ["Demo clinic", `${url}/`, "profile ru"],
    ["Clinic in the EU", `${url}/eu`, "profile eu"],
    ["What left", `${url}/what-left`, "what reached the vendors' stand-ins"],
  ] as const;
  for (const [name, address, note] of places)
    console.log(`  ${name.padEnd(17)}${address.padEnd(url.length + 13)}${note}`);
  console.log("");
}

/** One clear line and exit code 1. */
function fail(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const taken = "the demo's port is already in use; set DEMO_PORT to another one";
  console.error(`soglas: ${code === "EADDRINUSE" ? taken : message}`);
  process.exit(1);
}

try {
  await start(readDemoSettings(process.env));
} catch (error) {
  fail(error);
}
