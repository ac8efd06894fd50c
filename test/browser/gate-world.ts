/**
 * A site of its own whose pages a test writes, a gateway, and stand-ins behind the names of the vendors it
 * has: a script says that it ran, and keeps what was waiting for it.
 */
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import type { SiteInput } from "../../gateway/contract/site.ts";
import type { SiteTag } from "../../gateway/contract/staff/versions.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import { openInstallation } from "../gateway/installation.ts";
import { launchChromium } from "./chromium.ts";
import { openHosts, type Arrival, type Handler } from "./hosts.ts";

const gatewayHost = "gateway.other.test";
const pageHost = "www.gate.test";
const demo = join(import.meta.dirname, "../../demo/sites/clinic-eu");

export interface GateWorld {
  /** Publishes the site, changed by what a test needs. */
  publish(change: (site: SiteInput, files: Map<string, Uint8Array>) => void): Promise<void>;
  /** What the site's owner pastes. */
  embedding(): Promise<SiteTag>;
  /** A page of the site in a browser of its own visitor. `tag` stands for the script tag. */
  open(html: (tag: string) => string, context?: BrowserContext): Promise<Page>;
  /** An empty browser profile. */
  visitor(language?: string): Promise<BrowserContext>;
  /** What pages asked of vendors: host and path. */
  asked(): string[];
  /** Scripts that pages asked of the gateway, by path. */
  loaded(): string[];
  decisions(): DecisionBody[];
  forget(): void;
  close(): Promise<void>;
}

const script = (path: string) =>
  `(window.ran = window.ran || []).push(${JSON.stringify(path)});` +
  `document.dispatchEvent(new Event("ran"));`;

/** A script of the page that speaks to the tag before it has come. */
const early = `
  var ran = (window.ran = []);
  var first = dataLayer[0];
  ran.push("/early.js before: " + first[0] + " " + first[1] + " " + first[2].analytics_storage);
  soglas.on("consent", function (consent) { ran.push("/early.js heard: " + consent.decided); });
  soglas.push(["refuse"]);
`;

/** @param vendors host names behind which scripts and frames stand */
export async function openGateWorld(vendors: string[]): Promise<GateWorld> {
  let app: Handler = () => new Response(null, { status: 503 });
  let html = "";
  const vendor: Handler = (request) => {
    const { host, pathname, search } = new URL(request.url);
    const isFrame = pathname.startsWith("/embed/");
    return new Response(
      isFrame ? "<!doctype html><title>film</title><p>film</p>" : script(host + pathname + search),
      { headers: { "Content-Type": isFrame ? "text/html" : "text/javascript" } },
    );
  };
  const hosts = await openHosts({
    [gatewayHost]: (request, env) => app(request, env),
    [pageHost]: (request) => {
      const { pathname } = new URL(request.url);
      return pathname.endsWith(".js")
        ? new Response(pathname === "/early.js" ? early : script(pathname), {
            headers: { "Content-Type": "text/javascript" },
          })
        : new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
    },
    ...Object.fromEntries(vendors.map((host) => [host, vendor])),
  });
  const installation = await openInstallation({
    publicUrl: `https://${gatewayHost}`,
    widgetBuild: join(import.meta.dirname, "../../dist/widget"),
  });
  app = installation.app.fetch as Handler;
  const browser: Browser = await launchChromium([
    `--host-resolver-rules=${hosts.resolverRules}`,
    "--ignore-certificate-errors",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
  ]);
  const of = (host: string) => (arrival: Arrival) => arrival.host === host;
  const address = `https://${gatewayHost}/s/gate.js`;

  return {
    async publish(change) {
      const files = new Map(await readSiteDirectory(demo));
      const site = JSON.parse(new TextDecoder().decode(files.get("site.json"))) as SiteInput;
      Object.assign(site, { id: "gate", origins: [`https://${pageHost}`] });
      site.log = { name: "gate.test/soglas" };
      site.services = [];
      delete site.cookie;
      delete site.pages;
      change(site, files);
      files.set("site.json", new TextEncoder().encode(JSON.stringify(site)));
      await installation.gateway.sites.publish(files);
    },
    embedding: async () => (await installation.gateway.sites.embedding("gate"))!,
    async open(write, context) {
      html = write(`<script src="${address}"></script>`);
      const page = await (context ?? (await browser.newContext({ locale: "en" }))).newPage();
      await page.goto(`https://${pageHost}/`);
      return page;
    },
    visitor: (locale = "en") => browser.newContext({ locale }),
    asked: () =>
      hosts.arrivals
        .filter(({ host }) => vendors.includes(host))
        .map(({ host, path }) => host + path),
    loaded: () =>
      hosts.arrivals
        .filter(of(gatewayHost))
        .map(({ path }) => path)
        .filter((path) => path.endsWith(".js")),
    decisions: () => [
      ...new Map(
        hosts.arrivals
          .filter(of(gatewayHost))
          .filter(({ path }) => path.endsWith("/consents"))
          .map(({ body }) => [body, JSON.parse(body) as DecisionBody]),
      ).values(),
    ],
    forget: () => void hosts.arrivals.splice(0),
    async close() {
      await browser.close();
      await hosts.close();
      await installation.close();
    },
  };
}

/** A service of this vendor as a site writes it, for one of the demo's purposes. */
export const serviceOf = (
  id: string,
  purpose: string,
  settings: Record<string, unknown> = {},
): SiteInput["services"][number] => ({
  id,
  purpose,
  vendor: id,
  mode: "tag",
  name: { en: `Name of ${id}`, ru: `Имя ${id}` },
  description: { en: "Shows something here.", ru: "Показывает здесь что-то." },
  recipient: {
    name: "Example Inc.",
    country: "US",
    crossBorder: true,
    policy: "https://policies.example/privacy",
  },
  settings,
});
