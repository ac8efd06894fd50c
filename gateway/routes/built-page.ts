/** A page built by Vite, served from memory below one path: the console, the receipt verifier. */
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { Hono } from "hono";
import { createCache } from "../cache.ts";
import { compress, type Compressed } from "../compress.ts";
import { HttpError, type HttpEnv } from "./http.ts";
import { answerCompressed } from "./precompressed.ts";

export interface BuiltPage {
  /** Where it stands, without slashes: `console`. */
  path: string;
  /** Folder of the build; read when it is first asked for. */
  folder: string;
  /** Content-Security-Policy of every answer. */
  policy: string;
}

/** What the build emits; anything else in the folder is not served. */
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Pages refer to their files relatively, so the address ends in a slash, below any path prefix. */
export function builtPage({ path, folder, policy }: BuiltPage): Hono<HttpEnv> {
  const builds = createCache<Map<string, Compressed> | null>({ capacity: 1 });
  async function files(): Promise<Map<string, Compressed>> {
    const build = await builds.get(folder, () => load(folder));
    if (!build) throw new HttpError("unavailable", "This page is not built; run `npm run build`.");
    return build;
  }

  return new Hono<HttpEnv>()
    .get(`/${path}`, (c) => {
      c.header("Location", `${path}/`);
      return c.body(null, 308);
    })
    .get(`/${path}/*`, async (c) => {
      const below = c.req.path.slice(c.req.path.lastIndexOf(`/${path}/`) + path.length + 2);
      const name = below === "" ? "index.html" : below;
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
