/** `/verify/`: the page on which anybody checks a receipt, in their own browser. */
import type { Hono } from "hono";
import { builtPage } from "./built-page.ts";
import type { HttpEnv } from "./http.ts";

export interface VerifyDeps {
  /** Folder of the built page (`dist/verify`). */
  verifyBuild: string;
}

/** The page's own policy, and what a `<meta>` cannot say: nobody frames it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

export const verifyRoutes = ({ verifyBuild }: VerifyDeps): Hono<HttpEnv> =>
  builtPage({ path: "verify", folder: verifyBuild, policy });
