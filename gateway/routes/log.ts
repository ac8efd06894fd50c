/**
 * `/log/{site}/{year}/…`: a site's log of one year, as static files in the C2SP tlog-tiles layout. The
 * checkpoint is public always; hashes and entries are too, or are shown to auditors' keys alone.
 */
import { Hono, type Context } from "hono";
import { z } from "zod";
import type { NamedLog, Published } from "../log/published.ts";
import { verifierKey } from "../log/tree/note.ts";
import { parseTilePath } from "../log/tree/tile-path.ts";
import type { Sites } from "../sites/sites.ts";
import type { Staff } from "../staff/staff.ts";
import { recordReader } from "./authorization.ts";
import { HttpError, parseQuery, type HttpEnv } from "./http.ts";

export interface LogRouteDeps {
  sites: Sites;
  published: Published;
  staff: Staff;
  publicUrl: string;
}

const base = "/log/:site/:year{[0-9]{4}}";

/** Seconds. */
const life = { checkpoint: 1, description: 60, tile: 31_536_000 };

const historyQuery = z.strictObject({
  /** Size of the last checkpoint of the page before. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

export function logRoutes({ sites, published, staff, publicUrl }: LogRouteDeps): Hono<HttpEnv> {
  async function open(c: Context<HttpEnv>): Promise<{ log: NamedLog; isPublic: boolean }> {
    const site = c.req.param("site") ?? "";
    const config = await sites.effective(site);
    const log = config && (await published.find(site, Number(c.req.param("year"))));
    if (!log) throw new HttpError("not_found", "There is no such log on this gateway.");
    return { log, isPublic: config.site.log.access === "public" };
  }

  /** Lets pages anywhere read what everybody may read. */
  function share(c: Context<HttpEnv>, seconds: number): void {
    c.header("Access-Control-Allow-Origin", "*");
    c.header("Cross-Origin-Resource-Policy", "cross-origin");
    c.header("Cache-Control", `public, max-age=${seconds}`);
  }

  return new Hono<HttpEnv>()
    .get(`${base}/checkpoint`, async (c) => {
      const { log } = await open(c);
      const checkpoint = await published.newest(log);
      if (!checkpoint)
        throw new HttpError("unavailable", "Nothing is signed yet.", { retryAfter: 1 });
      share(c, life.checkpoint);
      return c.text(checkpoint.note);
    })
    .get(`${base}/log.json`, async (c) => {
      const { log, isPublic } = await open(c);
      const site = c.req.param("site");
      const year = Number(c.req.param("year"));
      const logs = await published.list(site);
      const addressed = (found?: { origin: string; year: number }) =>
        found ? { origin: found.origin, address: `${publicUrl}/log/${site}/${found.year}` } : null;
      share(c, life.description);
      return c.json({
        origin: log.signer.name,
        verifierKey: verifierKey(log.signer),
        /** Who may read tiles and entries; the checkpoints are public always. */
        access: isPublic ? "public" : "auditors",
        checkpoints: `${publicUrl}/log/${site}/${year}/checkpoints`,
        previous: addressed(logs.findLast((other) => other.year < year)),
        next: addressed(logs.find((other) => other.year > year)),
      });
    })
    .get(`${base}/checkpoints`, async (c) => {
      const { log } = await open(c);
      const { after, limit } = parseQuery(c.req.query(), historyQuery);
      const page = await published.history(log, after, limit);
      share(c, life.checkpoint);
      return c.json({
        origin: log.signer.name,
        checkpoints: page.map(({ size, note, signedAt }) => ({
          size,
          signedAt: Math.floor(signedAt / 1000),
          note,
        })),
        /** What to ask for as `after`; null at the end. */
        next: page.length === limit ? (page.at(-1)?.size ?? null) : null,
      });
    })
    .get(`${base}/tile/:path{.+}`, async (c) => {
      const { log, isPublic } = await open(c);
      if (!isPublic) await recordReader(c, staff, c.req.param("site"));
      const address = parseTilePath(c.req.param("path"));
      const bytes = address && (await published.tile(log, address));
      if (!bytes) throw new HttpError("not_found", "There is no such tile in this log.");
      if (isPublic) share(c, life.tile);
      const scope = isPublic ? "public" : "private";
      c.header("Cache-Control", `${scope}, max-age=${life.tile}, immutable`);
      return c.body(Uint8Array.from(bytes), 200, { "Content-Type": "application/octet-stream" });
    });
}
