/**
 * The whole product under real names: a gateway on one site, the demo clinic on another, stand-ins
 * behind the vendors' own host names, and a real Chromium that knows no other network.
 */
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeEach, expect } from "vitest";
import { createDemo, type Demo } from "../../demo/server.ts";
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import type { SiteInput } from "../../gateway/contract/site.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import { openInstallation, type InstallationOptions } from "../gateway/installation.ts";
import { demoWith, type DemoSite } from "../sites/demo-with.ts";
import { launchChromium } from "./chromium.ts";
import { openHosts, type Handler, type Hosts } from "./hosts.ts";

export const gatewayHost = "gateway.other.test";
/** The vendors' own names: whatever arrives here was sent by a page. */
const vendorHosts = [
  "www.googletagmanager.com",
  "region1.google-analytics.com",
  "www.google-analytics.com",
  "mc.yandex.ru",
];

export interface World {
  gateway: Gateway;
  /** The data folder. */
  folder: string;
  demo: Demo;
  hosts: Hosts;
  browser: Browser;
  /** What the gateway wrote to its log. */
  logged: string[];
  /** Publishes a site of the demo, changed by what a test needs. */
  publish(site: DemoSite, change: (site: SiteInput) => void): Promise<void>;
  /** An empty browser profile. */
  visitor(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Requests that reached a vendor's host from a page. */
  atVendors(): Hosts["arrivals"];
  /** Requests of pages to the gateway whose path begins so. */
  atGateway(path: string): Hosts["arrivals"];
  /** The decisions pages sent, each once however often it was repeated: a repetition is byte-identical. */
  decisions(site: string): DecisionBody[];
  /** Everything recorded so far is forgotten. */
  forget(): void;
  /**
   * The gateway is in no trouble, every visitor leaves, what they queued is delivered, and all is forgotten: what
   * a test begins with.
   */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** How a world is opened: see {@link openWorld}. */
type WorldOptions = Parameters<typeof openWorld>;

/** A world that the tests of a file share: empty when each begins, closed after the last. */
export async function sharedWorld(...how: WorldOptions): Promise<World> {
  const world = await openWorld(...how);
  afterAll(() => world.close());
  beforeEach(() => world.empty());
  return world;
}

/**
 * @param more hosts beside the demo's, by name
 * @param options who the gateway thinks that visitors are; a public URL puts it behind a path of one of `more`
 */
export async function openWorld(
  more: Record<string, Handler> = {},
  options: Pick<InstallationOptions, "observe" | "publicUrl"> = {},
): Promise<World> {
  const demo = createDemo({ gatewayUrl: `https://${gatewayHost}` });
  // The gateway's own requests go to loopback by number, so that they are told from a page's.
  let app: Handler = () => new Response(null, { status: 503 });
  const standIns: Handler = (request, env) => demo.standIns(request, env as never);
  const pages: Handler = (request) => demo.pages(request);
  const hosts = await openHosts({
    [gatewayHost]: (request, env) => app(request, env),
    "www.clinic.test": pages,
    "clinic.test": pages,
    "plain.clinic.test": pages,
    "www.clinic-eu.test": pages,
    ...Object.fromEntries(vendorHosts.map((host) => [host, standIns])),
    "127.0.0.1": standIns,
    ...more,
    ...behindPath(options.publicUrl, (request, env) => app(request, env), more),
  });
  const local = `http://127.0.0.1:${hosts.ports.http}`;
  const installation = await openInstallation({
    publicUrl: `https://${gatewayHost}`,
    vendors: {
      ga4: { collect: `${local}/g/collect` },
      metrika: { collect: `${local}/collect` },
    },
    widgetBuild: join(import.meta.dirname, "../../dist/widget"),
    ...options,
  });
  const { gateway, folder, logged } = installation;
  app = installation.app.fetch as Handler;
  gateway.forwarder.start();
  const browser = await launchChromium([
    `--host-resolver-rules=${hosts.resolverRules}`,
    "--ignore-certificate-errors",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ]);

  const atGateway = (path: string) =>
    hosts.arrivals.filter(
      (arrival) => arrival.host === gatewayHost && arrival.path.startsWith(path),
    );

  const outbox = () => gateway.storage.main.read.selectFrom("outbox").selectAll().execute();

  function forget(): void {
    hosts.arrivals.splice(0);
    demo.recording.clear();
  }

  return {
    gateway,
    folder,
    demo,
    hosts,
    browser,
    logged,
    async publish(site, change) {
      await gateway.sites.publish(await demoWith(site, change));
    },
    visitor: (options) => browser.newContext({ locale: "ru-RU", ...options }),
    forget,
    async empty() {
      hosts.setTrouble(gatewayHost, null);
      await Promise.all(browser.contexts().map((context) => context.close()));
      await expect.poll(outbox, { timeout: 20_000 }).toEqual([]);
      forget();
    },
    atVendors: () => hosts.arrivals.filter(({ host }) => vendorHosts.includes(host)),
    atGateway,
    decisions: (site) =>
      [...new Set(atGateway(`/v1/sites/${site}/consents`).map(({ body }) => body))].map(
        (body) => JSON.parse(body) as DecisionBody,
      ),
    async close() {
      await browser.close();
      await hosts.close();
      await installation.close();
    },
  };
}

/** A gateway behind a path of a host whose other paths somebody else answers. */
function behindPath(
  publicUrl: string | undefined,
  gateway: Handler,
  more: Record<string, Handler>,
): Record<string, Handler> {
  if (publicUrl === undefined) return {};
  const { host, pathname } = new URL(publicUrl);
  return {
    [host]: (request, env) =>
      new URL(request.url).pathname.startsWith(`${pathname}/`)
        ? gateway(request, env)
        : more[host]!(request, env),
  };
}
