/**
 * A running gateway: reads the settings, opens what they name, publishes, listens, says where it is,
 * and ends in order. What is behind the socket is wired in gateway.ts and app.ts.
 */
import type { Server } from "node:http";
import { join } from "node:path";
import { serve as listen, type ServerType } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { isBuilt } from "../built.ts";
import { createApp, type App } from "./app.ts";
import { systemClock } from "./clock.ts";
import { readSettings, type Settings } from "./env.ts";
import { openGateway, type Gateway } from "./gateway.ts";
import { openLocations } from "./locations.ts";
import { jsonLogger } from "./logger.ts";
import { createMetrics } from "./metrics.ts";
import { clientResolver, householdOf } from "./privacy/address.ts";
import { visitorBudget } from "./routes/limits.ts";
import { createObserve } from "./routes/observed.ts";
import { publishFolder } from "./sites/publishing/publish-folder.ts";
import { describeFailure } from "./failure.ts";

const dist = join(import.meta.dirname, "..", "dist");

/** Starts and keeps running until SIGINT or SIGTERM; on any trouble one clear line and exit code 1. */
export async function serve(): Promise<void> {
  try {
    await start(readSettings());
  } catch (error) {
    fail(error);
  }
}

async function start(settings: Settings): Promise<void> {
  if (!isBuilt("widget", "console"))
    throw new Error('the widget and the console are not built; run "npm run build" first');
  const logger = jsonLogger(settings.logLevel);
  const locate = await openLocations(settings.locationFile, { clock: systemClock, logger });
  const gateway = await openGateway(settings, {
    logger,
    widgetBuild: join(dist, "widget"),
    server: true,
  });
  let server: ServerType;
  try {
    const resolve = clientResolver(settings.trustedProxies);
    const client = (c: Context) =>
      resolve({
        socket: getConnInfo(c).remote.address,
        forwardedFor: c.req.header("x-forwarded-for"),
      });
    const app = createApp({
      ...gateway,
      logger,
      metrics: createMetrics({ eventTotals: gateway.balance.totals }),
      budget: visitorBudget({
        sitePerSecond: settings.siteBudget,
        addressPerMinute: settings.addressBudget,
        address: (c) => householdOf(client(c).address),
      }),
      signInBudget: visitorBudget({
        sitePerSecond: 20,
        addressPerMinute: 20,
        address: (c) => householdOf(client(c).address),
      }),
      observe: createObserve({ client, locate, countryHeader: settings.countryHeader }),
      prefix: new URL(settings.publicUrl).pathname.replace(/\/$/, ""),
      consoleBuild: join(dist, "console"),
      verifyBuild: join(dist, "verify"),
    });
    server = await listening(app.fetch, settings);
    if (settings.sites !== null) await publishFolder(gateway.sites, settings.sites);
  } catch (error) {
    await gateway.close();
    throw error;
  }
  endInOrder(server, gateway);
  gateway.integrator.start();
  gateway.witnessing.start();
  gateway.indexer.start();
  gateway.forwarder.start();
  gateway.erasures.start();
  await announce(gateway, settings);
  process.send?.({ ready: true });
}

function listening(fetch: App["fetch"], settings: Settings) {
  return new Promise<ServerType>((resolve, reject) => {
    const server = listen({ fetch, port: settings.port, hostname: settings.host }, () =>
      resolve(server),
    );
    server.once("error", reject);
  });
}

/** What a person needs on a terminal: addresses, the first key once, the tag to paste. */
async function announce(gateway: Gateway, settings: Settings): Promise<void> {
  const sites = await gateway.sites.list();
  const firstKey = await gateway.staff.keys.ensureFirstKey();
  const lines = [
    "",
    `  Soglas gateway   ${settings.publicUrl}`,
    `  Console          ${settings.publicUrl}/console`,
    ...(firstKey ? [`  Access key       ${firstKey}   (shown this once; keep it)`] : []),
    "",
    ...(sites.length === 0
      ? ["  No site is published yet: npm run soglas -- publish <site directory>"]
      : [
          "  Paste into every page, first in <head>:",
          ...sites.map(({ id }) => `    ${tag(settings, id)}`),
        ]),
    "",
    ...warningAbout(gateway),
  ];
  console.log(lines.join("\n"));
}

/** What would let an old copy of the database be signed a second time. */
function warningAbout({ marks, witnessing }: Gateway): string[] {
  if (marks === "beside")
    return [
      "  The high-water marks of the logs are on the same volume as the data, and would be restored",
      "  with it: set SOGLAS_HIGHWATER to a folder on another one.",
      "",
    ];
  if (marks !== "none") return [];
  return [
    "  No high-water marks are kept, so a restored old copy of the database would not be noticed here:",
    "  set SOGLAS_HIGHWATER_URL, or SOGLAS_HIGHWATER to a folder that all gateways share.",
    ...(witnessing.list.length > 0 ? ["  Only the witnesses would notice."] : []),
    "",
  ];
}

const tag = (settings: Settings, site: string) =>
  `<script async src="${settings.publicUrl}/s/${site}.js"></script>`;

/** Longest time that running requests have to be answered, milliseconds. */
const lastAnswers = 4000;

/** No new requests; the running ones are answered, what waits is committed, then the databases close. */
function endInOrder(server: ServerType, gateway: Gateway): void {
  let ending = false;
  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    const connections = server as Server;
    const cut = setTimeout(() => connections.closeAllConnections(), lastAnswers);
    // A connection that has its answer may be kept alive by its client: it is idle now.
    const idle = setInterval(() => connections.closeIdleConnections(), 50);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(cut);
    clearInterval(idle);
    await gateway.close();
    process.exit(0);
  }
  const onSignal = () => void end().catch((error: unknown) => fail(error));
  process.once("SIGINT", onSignal);
  process.once("SIGTERM", onSignal);
  // Started by another process that is gone: nobody could stop this one any more.
  process.once("disconnect", onSignal);
}

function fail(error: unknown): never {
  console.error(`soglas: ${describeFailure(error)}`);
  process.exit(1);
}
