/**
 * `GET /s/{site}.js`, the tag; `GET /s/{site}/{language}.js`, together with the interface; and what the tag
 * loads: `GET /w/{site}/{config}/{language}.js`, the interface, and
 * `GET /w/{site}/{config}/{language}/record.js`, the recorder, and `…/frames.js`, what stands in the place of
 * embedded content, and `…/gate.js`, what opens marked elements.
 */
import { Hono, type Context } from "hono";
import { hash, language } from "../contract/ids.ts";
import type { Compressed } from "../compress.ts";
import type { Sites } from "../sites/sites.ts";
import type { HttpEnv } from "./http.ts";
import { answerCompressed } from "./precompressed.ts";

interface ScriptDeps {
  sites: Sites;
}

/**
 * A new version reaches pages within fifteen minutes: five in which the tag is fresh, and ten in which
 * the one at hand is used while the next is fetched. A gateway that is away for a week takes no banner
 * away, since a cached tag still honours every choice and keeps its proof until the gateway is back.
 */
const tagCaching = "public, max-age=300, stale-while-revalidate=600, stale-if-error=604800";
const lastingCaching = "public, max-age=31536000, immutable";
const absentCaching = "public, max-age=60";

/** Scripts are for foreign pages: readable by any origin, and loadable under its isolation policies. */
const scriptHeaders = {
  "Content-Type": "text/javascript; charset=utf-8",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Access-Control-Allow-Origin": "*",
  "Timing-Allow-Origin": "*",
};

export function scriptRoutes({ sites }: ScriptDeps): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/s/:file", async (c) => {
      const site = withoutEnding(c.req.param("file"));
      const script = site === null ? null : await sites.tag(site);
      return answerTag(c, script);
    })
    .get("/s/:site/:file", async (c) => {
      const { site, file } = c.req.param();
      const wanted = withoutEnding(file);
      return answerTag(c, wanted === null ? null : await sites.first(site, wanted));
    })
    .get("/w/:site/:config/:file", async (c) => {
      const { site, config, file } = c.req.param();
      const wanted = withoutEnding(file);
      return answerLasting(
        c,
        wanted !== null &&
          isAddress(config, wanted) &&
          (await sites.interface(site, config, wanted)),
      );
    })
    .get("/w/:site/:config/:language/frames.js", async (c) => {
      const { site, config, language } = c.req.param();
      return answerLasting(
        c,
        isAddress(config, language) && (await sites.frames(site, config, language)),
      );
    })
    .get("/w/:site/:config/:language/gate.js", async (c) => {
      const { site, config, language } = c.req.param();
      return answerLasting(
        c,
        isAddress(config, language) && (await sites.gate(site, config, language)),
      );
    })
    .get("/w/:site/:config/:language/record.js", async (c) => {
      const { site, config, language } = c.req.param();
      return answerLasting(
        c,
        isAddress(config, language) && (await sites.recorder(site, config, language)),
      );
    });
}

const isAddress = (config: string, wanted: string) =>
  hash.safeParse(config).success && language.safeParse(wanted).success;

function answerTag(c: Context, script: Compressed | null): Response {
  if (!script) return absent(c, "Soglas: there is no such site on this gateway.");
  return answerCompressed(c, script, { ...scriptHeaders, "Cache-Control": tagCaching });
}

function answerLasting(c: Context, script: Compressed | null | false): Response {
  if (!script) return absent(c, "Soglas: this configuration was never published.");
  return answerCompressed(c, script, { ...scriptHeaders, "Cache-Control": lastingCaching });
}

const withoutEnding = (file: string) =>
  file.endsWith(".js") ? file.slice(0, -".js".length) : null;

/** A page that asks for a script must never get a page: one comment, which does nothing. */
function absent(c: Context, words: string): Response {
  return c.body(`// ${words}\n`, 404, { ...scriptHeaders, "Cache-Control": absentCaching });
}
