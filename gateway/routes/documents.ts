/** `GET /p/{site}/{document}/{version}`: policy and consent documents as pages; `latest` is the one in force. */
import { Hono } from "hono";
import { hash } from "../contract/ids.ts";
import { chooseLanguage } from "../policy/languages.ts";
import { documentPolicy, renderDocumentPage } from "../policy/page.ts";
import { createCache } from "../cache.ts";
import { sha256 } from "../sites/publishing/hashes.ts";
import type { DocumentKind, PublishedDocument, Sites } from "../sites/sites.ts";
import { matchesTag } from "./conditional.ts";
import { HttpError, type HttpEnv } from "./http.ts";

interface DocumentDeps {
  sites: Sites;
}

interface Page {
  text: string;
  tag: string;
}

/** The text of a version never changes, but whether it is in force does. */
const caching = { version: "public, max-age=300", latest: "public, max-age=60" };

const headers = {
  "Content-Security-Policy": documentPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export function documentRoutes({ sites }: DocumentDeps): Hono<HttpEnv> {
  const pages = createCache<Page>({ capacity: 100 });

  return new Hono<HttpEnv>().get("/p/:site/:document{policy|consent}/:version", async (c) => {
    const { site, version } = c.req.param();
    const kind = c.req.param("document") as DocumentKind;
    if (version !== "latest" && !hash.safeParse(version).success) throw notThere();
    const document = await sites.document(site, kind, version, (languages) =>
      chooseLanguage(languages, c.req.query("lang"), c.req.header("accept-language")),
    );
    if (!document) throw notThere();
    const key = [site, kind, document.version, document.language, document.status].join(" ");
    const page = await pages.get(`${key} ${document.effectiveAt}`, () => render(kind, document));
    const answer = {
      ...headers,
      "Cache-Control": version === "latest" ? caching.latest : caching.version,
      "Content-Language": document.language,
      ETag: page.tag,
      Vary: "Accept-Language",
      ...(document.status === "superseded" && { "X-Robots-Tag": "noindex" }),
    };
    if (matchesTag(c.req.header("if-none-match"), page.tag)) return c.body(null, 304, answer);
    return c.html(page.text, 200, answer);
  });
}

const notThere = () => new HttpError("not_found", "There is no such document on this gateway.");

async function render(kind: DocumentKind, document: PublishedDocument): Promise<Page> {
  const { site, language } = document;
  const text = await renderDocumentPage({
    kind,
    siteName: site.name[language] ?? site.id,
    controller: site.controller,
    language,
    languages: site.languages,
    markdown: document.markdown,
    version: document.version,
    hash: document.hash,
    effectiveAt: document.effectiveAt,
    status: document.status,
  });
  return { text, tag: `"${sha256(text)}"` };
}
