/** A policy or consent document as a page: read, printed and heard, without a script or a foreign host. */
import { html, raw } from "hono/html";
import { directionOf } from "./languages.ts";
import { headingsOf, renderMarkdown, type Heading } from "./render.ts";
import { style, styleSource } from "./style.ts";
import { wordsIn, type Words } from "./words.ts";

interface DocumentPage {
  kind: "policy" | "consent";
  /** Name of the site in the language shown. */
  siteName: string;
  controller: { name: string; address: string; contact: string };
  language: string;
  /** Every language of the document. */
  languages: string[];
  /** Where it stands in another one; by default at this address, asked for by the query. */
  addressIn?: (language: string) => string;
  markdown: string;
  /** Hash of the site version the document belongs to. */
  version: string;
  /** Hash over the document in all its languages, as records name it. */
  hash: string;
  /** Unix milliseconds. */
  effectiveAt: number;
  status: "in-force" | "announced" | "superseded";
}

/** Nothing runs, nothing is loaded, nothing frames the page. */
export const documentPolicy = [
  "default-src 'none'",
  `style-src ${styleSource}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headings from which a list of contents helps. */
const worthContents = 4;

/** @returns a whole HTML document */
export async function renderDocumentPage(page: DocumentPage): Promise<string> {
  const { language: spoken, words } = wordsIn(page.language);
  const headings = headingsOf(page.markdown);
  const title = headings.find(({ level }) => level === 1)?.text ?? words[page.kind];
  const robots =
    page.status === "superseded" ? raw('<meta name="robots" content="noindex">\n') : "";
  // The added words may be in another language than the text: then they say so to a screen reader.
  const foreign =
    spoken.split("-")[0] === page.language.split("-")[0] ? "" : raw(` lang="${spoken}" dir="ltr"`);
  const { name, address, contact } = page.controller;

  const document = await html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${page.siteName}</title>
${robots}<style>${raw(style)}</style>
</head>
<body>
<header>
<strong>${page.siteName}</strong>
${otherLanguages(page.languages, page.language, words, page.addressIn)}
</header>
<main>
<p class="status ${page.status}"${foreign}>${statusOf(page, words, spoken)}</p>
${contents(headings, words)}
<article>
${raw(renderMarkdown(page.markdown))}</article>
</main>
<footer${foreign}>
<dl>
<dt>${words.controller}</dt><dd>${name}, ${address}, ${contact}</dd>
<dt>${words.version}</dt><dd><code>${page.version}</code></dd>
<dt>${words.documentHash}</dt><dd><code>${page.hash}</code></dd>
</dl>
</footer>
</body>
</html>
`;
  return document.toString();
}

/** Since when the text counts; a superseded one leads to the one that does. */
function statusOf(page: DocumentPage, words: Words, spoken: string) {
  const format = new Intl.DateTimeFormat(spoken, { dateStyle: "long", timeZone: "UTC" });
  const date = format.format(page.effectiveAt);
  if (page.status === "in-force") return words.inForce.replace("{date}", date);
  if (page.status === "announced") return words.announced.replace("{date}", date);
  const current = `latest?lang=${encodeURIComponent(page.language)}`;
  return html`${words.superseded.replace("{date}", date)}
    <a href="${current}">${words.readCurrent}</a>`;
}

function contents(headings: Heading[], words: Words) {
  const places = headings.filter(({ level }) => level === 2);
  if (places.length < worthContents) return "";
  const links = places.map(
    ({ id, text }) => html`<li><a href="#${encodeURIComponent(id)}">${text}</a></li>`,
  );
  return html`<nav class="contents" aria-label="${words.contents}">
    <details>
      <summary>${words.contents}</summary>
      <ul>
        ${links}
      </ul>
    </details>
  </nav>`;
}

/** Each language by its own name, in its own direction. */
export function otherLanguages(
  languages: string[],
  shown: string,
  words: Words,
  addressIn = (language: string) => `?lang=${language}`,
) {
  const others = languages.filter((language) => language !== shown);
  if (others.length === 0) return "";
  const links = others.map((language) => {
    const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
    const attributes = raw(
      `lang="${language}" hreflang="${language}" dir="${directionOf(language)}"`,
    );
    return html`<li><a href="${addressIn(language)}" ${attributes}>${name}</a></li>`;
  });
  return html`<nav aria-label="${words.languages}">
    <ul>
      ${links}
    </ul>
  </nav>`;
}
