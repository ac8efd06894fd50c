/** Every page of the demo clinic, for both sites. */
import { readFile } from "node:fs/promises";
import { Hono, type Context } from "hono";
import { entry, home, list, sections } from "./articles.ts";
import { booking } from "./booking.ts";
import { contacts, map } from "./contacts.ts";
import { document, type DocumentKind } from "./documents.ts";
import { renderPage, type Page } from "./layout.ts";
import { createView, demoSites, languages, type DemoSite, type View } from "./site.ts";
import { whatLeft } from "./what-left.ts";
import type { Recording } from "../stand-ins/recording.ts";

const assetTypes: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/**
 * @param gatewayUrl base of the gateway, without a trailing slash
 * @param recording what `/what-left` shows
 */
export function createPages(gatewayUrl: string, recording: Recording): Hono {
  const app = new Hono({ strict: false });
  app.use(async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
    c.header("X-Content-Type-Options", "nosniff");
  });
  app.get("/what-left", (c) => c.html(whatLeft(c.req.query("lang") === "en" ? "en" : "ru")));
  app.get("/what-left/hits", (c) => c.json({ hits: recording.hits() }));
  app.delete("/what-left/hits", (c) => {
    recording.clear();
    return c.body(null, 204);
  });
  app.get("/stand-in/map", (c) =>
    c.html(map(languages.find((each) => each === c.req.query("lang")) ?? "en")),
  );
  app.get("/assets/:name{[a-z-]+\\.(css|js|svg)}", async (c) => {
    const name = c.req.param("name");
    const file = await readFile(new URL(`./assets/${name}`, import.meta.url)).catch(() => null);
    if (!file) return c.notFound();
    return c.body(file, 200, { "Content-Type": assetTypes[name.split(".")[1]!]! });
  });
  for (const site of demoSites) clinicPages(app, site, gatewayUrl);
  return app;
}

function clinicPages(app: Hono, site: DemoSite, gatewayUrl: string): void {
  const show = (path: string, page: (view: View, c: Context) => Page | Promise<Page> | null) =>
    app.get(`${site.prefix}${path === "/" && site.prefix ? "" : path}`, async (c) => {
      const own = new URL(c.req.url).pathname.slice(site.prefix.length) || "/";
      const view = createView(site, own, gatewayUrl, c.req.query("lang"));
      const found = await page(view, c);
      return found ? c.html(renderPage(view, found)) : c.notFound();
    });
  show("/", home);
  for (const section of sections) {
    show(section.path, (view) => list(view, section));
    show(`${section.path}/:id`, (view, c) => {
      const item = section.items.find((each) => each.id === c.req.param("id"));
      return item ? entry(view, section, item) : null;
    });
  }
  show("/online", booking);
  show("/contacts", contacts);
  for (const kind of ["policy", "consent"] satisfies DocumentKind[])
    show(`/${kind}`, (view) => document(view, kind));
}
