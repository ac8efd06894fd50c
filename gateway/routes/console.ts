/** `/console`: the compliance console, and the policy that lets it talk to us only. */
import { Hono } from "hono";
import { builtPage } from "./built-page.ts";
import type { HttpEnv } from "./http.ts";
import { stageRoutes } from "./stage.ts";

export interface ConsoleDeps {
  /** Folder of the built console (`dist/console`). */
  consoleBuild: string;
}

/**
 * Nothing but our own scripts, styles, answers and stage: no inline code, no frame around us, no third party.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

export const consoleRoutes = ({ consoleBuild }: ConsoleDeps): Hono<HttpEnv> =>
  new Hono<HttpEnv>()
    .route("/", stageRoutes(consoleBuild))
    .route("/", builtPage({ path: "console", folder: consoleBuild, policy }));
