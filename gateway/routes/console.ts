/** `/console`: the compliance console's built files, and the policy that lets them talk to us only. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { Hono } from "hono";
import { HttpError, type HttpEnv } from "./http.ts";

export interface ConsoleDeps {
  /** Folder of the built console (`dist/console`); read when it is first asked for. */
  consoleBuild: string;
}

interface ConsoleFile {
  type: string;
  plain: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
}

/** What the build emits; anything else in the folder is not served. */
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Nothing but our own scripts, styles and answers: no inline code, no frame around us, no third party. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

export function consoleRoutes({ consoleBuild }: ConsoleDeps): Hono<HttpEnv> {
  let loading: Promise<Map<string, ConsoleFile>> | undefined;
  async function files(): Promise<Map<string, ConsoleFile>> {
    if (!existsSync(join(consoleBuild, "index.html")))
      throw new HttpError("unavailable", "The console is not built; run `npm run build`.");
    loading ??= load(consoleBuild);
    return loading;
  }

  return new Hono<HttpEnv>()
    .get("/console", (c) => {
      // Relative, so that it is right below any path prefix.
      c.header("Location", "console/");
      return c.body(null, 308);
    })
    .get("/console/*", async (c) => {
      const path = c.req.path.slice(c.req.path.lastIndexOf("/console/") + "/console/".length);
      const name = path === "" ? "index.html" : path;
      const file = (await files()).get(name);
      if (!file) throw new HttpError("not_found", "There is nothing at this address.");
      c.header("Content-Type", file.type);
      c.header("Content-Security-Policy", policy);
      c.header("X-Content-Type-Options", "nosniff");
      c.header("Referrer-Policy", "no-referrer");
      c.header("Cross-Origin-Opener-Policy", "same-origin");
      c.header("Cross-Origin-Resource-Policy", "same-origin");
      c.header("Vary", "Accept-Encoding");
      // Names below assets/ hold a hash of the content; the page that names them must always be fresh.
      const immutable = name.startsWith("assets/");
      c.header("Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-store");
      const encoding = accepted(c.req.header("accept-encoding") ?? "");
      if (encoding !== "plain") c.header("Content-Encoding", encoding);
      return c.body(file[encoding]);
    });
}

/** The best form a client takes; one that says `q=0` gets the plain one. */
function accepted(header: string): "br" | "gzip" | "plain" {
  const offers = header
    .toLowerCase()
    .split(",")
    .map((part) => part.trim());
  const takes = (name: string) =>
    offers.some((offer) => new RegExp(`^${name}(\\s*;\\s*q=(?!0(\\.0*)?$)|$)`).test(offer));
  return takes("br") ? "br" : takes("gzip") ? "gzip" : "plain";
}

/** Reads and compresses the whole build: some 100 kB, kept in memory, so that no path reaches the disk. */
async function load(folder: string): Promise<Map<string, ConsoleFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const loaded = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && extname(entry.name) in types)
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const plain = new Uint8Array(await readFile(path));
        const name = relative(folder, path).replaceAll("\\", "/");
        const file: ConsoleFile = {
          type: types[extname(entry.name)]!,
          plain,
          br: new Uint8Array(
            await brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
          ),
          gzip: new Uint8Array(await deflate(plain)),
        };
        return [name, file] as const;
      }),
  );
  return new Map(loaded);
}

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);
