/**
 * `/log/{site}/{year}[/e{n}]/…`: a site's log of one year, or of a later epoch of it, as static files in the
 * C2SP tlog-tiles layout. The checkpoint is public always; hashes and entries are too, or are shown to
 * auditors' keys alone.
 */
import { Hono, type Context } from "hono";
import { z } from "zod";
import type { LinkedLog, NamedLog } from "../log/named-logs.ts";
import type { Published } from "../log/published.ts";
import { verifierKey } from "../log/tree/note.ts";
import { parseTilePath } from "../log/tree/tile-path.ts";
import type { Witnessing } from "../log/witness/open.ts";
import type { Sites } from "../sites/sites.ts";
import type { Staff } from "../staff/staff.ts";
import { recordReader } from "./authorization.ts";
import { HttpError, parseQuery, type HttpEnv } from "./http.ts";

export interface LogRouteDeps {
  sites: Sites;
  published: Published;
  witnessing: Pick<Witnessing, "list" | "newest">;
  staff: Staff;
  publicUrl: string;
}

const year = "/log/:site/:year{[0-9]{4}}";
/** A year's first log has no epoch in its address, and each log one address. */
const bases = [year, `${year}/:epoch{e(?:[2-9]|[1-9][0-9]{1,3})}`];

/** Seconds. */
const life = { checkpoint: 1, description: 60, tile: 31_536_000 };

const historyQuery = z.strictObject({
  /** Size of the last checkpoint of the page before. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

export function logRoutes(deps: LogRouteDeps): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  for (const base of bases) routes.route(base, filesOfLog(deps));
  return routes;
}

function filesOfLog({
  sites,
  published,
  witnessing,
  staff,
  publicUrl,
}: LogRouteDeps): Hono<HttpEnv> {
  async function open(c: Context<HttpEnv>) {
    const site = c.req.param("site") ?? "";
    const place = {
      year: Number(c.req.param("year")),
      epoch: Number(c.req.param("epoch")?.slice(1) ?? 1),
    };
    const config = await sites.effective(site);
    const log = config && (await published.find(site, place.year, place.epoch));
    if (!log) throw new HttpError("not_found", "There is no such log on this gateway.");
    return { site, log, ...place, isPublic: config.site.log.access === "public" };
  }

  const address = (site: string, { year, epoch }: Pick<LinkedLog, "year" | "epoch">): string =>
    `${publicUrl}/log/${site}/${year}${epoch === 1 ? "" : `/e${epoch}`}`;

  /** The log beside another in the site's chain; without an address where nothing of it is left. */
  const link = (site: string, log: LinkedLog | undefined) =>
    log ? { origin: log.origin, address: log.isShown ? address(site, log) : null } : null;

  async function current(c: Context<HttpEnv>, log: NamedLog): Promise<string> {
    const checkpoint = await published.newest(log);
    if (!checkpoint)
      throw new HttpError("unavailable", "Nothing is signed yet.", { retryAfter: 1 });
    share(c, life.checkpoint);
    return checkpoint.note;
  }

  return new Hono<HttpEnv>()
    .get("/checkpoint", async (c) => c.text(await current(c, (await open(c)).log)))
    .get("/witnessed-checkpoint", async (c) => {
      const { log } = await open(c);
      const checkpoint = await witnessing.newest(log);
      if (!checkpoint) throw new HttpError("not_found", "No witness has cosigned this log yet.");
      share(c, life.checkpoint);
      return c.text(checkpoint.note);
    })
    .get("/log.json", async (c) => {
      const { site, log, isPublic, ...place } = await open(c);
      const logs = await published.list(site);
      const here = logs.findIndex(({ origin }) => origin === log.signer.name);
      const { closed = null, dropped = null } = logs[here] ?? {};
      share(c, life.description);
      return c.json({
        origin: log.signer.name,
        verifierKey: verifierKey(log.signer),
        /** Who may read tiles and entries; the checkpoints are public always. */
        access: isPublic ? "public" : "auditors",
        /** Who is asked to witness the log, in the gateway's own words. */
        witnesses: witnessing.list,
        checkpoints: `${address(site, place)}/checkpoints`,
        closed: closed && { at: seconds(closed.at), by: closed.by },
        dropped: dropped && { at: seconds(dropped.at), reason: dropped.reason },
        previous: link(site, here > 0 ? logs[here - 1] : undefined),
        next: link(site, logs[here + 1]),
      });
    })
    .get("/checkpoints", async (c) => {
      const { log } = await open(c);
      const { after, limit } = parseQuery(c.req.query(), historyQuery);
      const page = await published.history(log, after, limit);
      share(c, life.checkpoint);
      return c.json({
        origin: log.signer.name,
        checkpoints: page.map(({ size, note, signedAt }) => ({
          size,
          signedAt: seconds(signedAt),
          note,
        })),
        /** What to ask for as `after`; null at the end. */
        next: page.length === limit ? (page.at(-1)?.size ?? null) : null,
      });
    })
    .get("/tile/:path{.+}", async (c) => {
      const { site, log, isPublic } = await open(c);
      if (!isPublic) await recordReader(c, staff, site);
      const tile = parseTilePath(c.req.param("path"));
      const bytes = tile && (await published.tile(log, tile));
      if (!bytes && tile && (await published.isDropped(log))) throw droppedLog();
      if (!bytes) throw new HttpError("not_found", "There is no such tile in this log.");
      if (isPublic) share(c, life.tile);
      const scope = isPublic ? "public" : "private";
      c.header("Cache-Control", `${scope}, max-age=${life.tile}, immutable`);
      return c.body(Uint8Array.from(bytes), 200, { "Content-Type": "application/octet-stream" });
    });
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const droppedLog = () =>
  new HttpError(
    "log_dropped",
    "This log was dropped after its retention: only its final checkpoint is left, and log.json says when and why.",
  );

/** Lets pages anywhere read what everybody may read. */
function share(c: Context<HttpEnv>, life: number): void {
  c.header("Access-Control-Allow-Origin", "*");
  c.header("Cross-Origin-Resource-Policy", "cross-origin");
  c.header("Cache-Control", `public, max-age=${life}`);
}
