/**
 * `/console/stage`: the page on which the console shows a banner. Whatever runs there has an origin of its own,
 * reaches nobody, and opens and leads nowhere.
 */
import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { createCache } from "../cache.ts";
import { HttpError, type HttpEnv } from "./http.ts";

interface Stage {
  page: string;
  policy: string;
}

/** @param folder of the built console, which holds the stage's script */
export function stageRoutes(folder: string): Hono<HttpEnv> {
  const built = createCache<Stage | null>({ capacity: 1 });
  return new Hono<HttpEnv>().get("/console/stage", async (c) => {
    const stage = await built.get(folder, () => load(join(folder, "stage.js")));
    if (!stage) throw new HttpError("unavailable", "This page is not built; run `npm run build`.");
    return c.body(stage.page, 200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": stage.policy,
      "Cache-Control": "no-store",
    });
  });
}

/** The script stands in the page, since a page of no origin could not load it under `'self'`. */
async function load(path: string): Promise<Stage | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const script = text.trim().replaceAll("</", "<\\/");
  return {
    page: `<!doctype html>
<html><head><meta charset="utf-8"><title>Soglas</title></head><body><script>${script}</script></body></html>
`,
    policy: [
      "sandbox allow-scripts",
      "default-src 'none'",
      // What is shown arrives as a message, and runs from addresses that hold it whole.
      `script-src 'sha256-${hash("sha256", script, "base64")}' data:`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join("; "),
  };
}
