/** Every page of the demo clinic, for both sites. */
import { Hono, type Context } from "hono";
import { readAsset } from "./assets.ts";
import { entry, home, list, sections } from "./articles.ts";
import { booking } from "./booking.ts";
import { contacts, map } from "./contacts.ts";
import { document, type DocumentKind } from "./documents.ts";
import { renderPage, type Page } from "./layout.ts";
import { createView, demoSites, languages, type DemoSite, type View } from "./site.ts";
import { whatLeft } from "./what-left.ts";
import type { Recording } from "../stand-ins/recording.ts";

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
  app.get("/assets/:name", async (c) => {
    const asset = await readAsset(c.req.param("name"));
    return asset ? c.body(asset.body, 200, { "Content-Type": asset.type }) : c.notFound();
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
