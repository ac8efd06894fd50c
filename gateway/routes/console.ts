/** `/console`: the compliance console's built files, and the policy that lets them talk to us only. */
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { Hono } from "hono";
import { createCache } from "../cache.ts";
import { compress, type Compressed } from "../compress.ts";
import { HttpError, type HttpEnv } from "./http.ts";
import { answerCompressed } from "./precompressed.ts";

export interface ConsoleDeps {
  /** Folder of the built console (`dist/console`); read when it is first asked for. */
  consoleBuild: string;
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
  const builds = createCache<Map<string, Compressed> | null>({ capacity: 1 });
  async function files(): Promise<Map<string, Compressed>> {
    const build = await builds.get(consoleBuild, () => load(consoleBuild));
    if (!build)
      throw new HttpError("unavailable", "The console is not built; run `npm run build`.");
    return build;
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
      return answerCompressed(c, file, {
        "Content-Type": types[extname(name)]!,
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        // Names below assets/ hold a hash of the content; the page that names them must always be fresh.
        "Cache-Control": name.startsWith("assets/")
          ? "public, max-age=31536000, immutable"
          : "no-store",
      });
    });
}

/**
 * Reads and compresses the whole build: some 100 kB, kept in memory, so that no path reaches the disk.
 * @returns files by their path, or null when there is no build
 */
async function load(folder: string): Promise<Map<string, Compressed> | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  const loaded = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && extname(entry.name) in types)
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const name = relative(folder, path).replaceAll("\\", "/");
        return [name, await compress(await readFile(path))] as const;
      }),
  );
  const files = new Map(loaded);
  return files.has("index.html") ? files : null;
}
