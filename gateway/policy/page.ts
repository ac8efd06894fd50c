/** A policy or consent document as a page: read, printed and heard, without a script or a foreign host. */
import { html, raw } from "hono/html";
import { directionOf } from "./languages.ts";
import { headingsOf, renderMarkdown } from "./render.ts";
import { style, styleSource } from "./style.ts";
import { wordsIn } from "./words.ts";

interface DocumentPage {
  kind: "policy" | "consent";
  /** Name of the site in the language shown. */
  siteName: string;
  controller: { name: string; address: string; contact: string };
  language: string;
  /** Every language of the document. */
  languages: string[];
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
  const places = headings.filter(({ level }) => level === 2);
  const date = new Intl.DateTimeFormat(spoken, { dateStyle: "long", timeZone: "UTC" }).format(
    page.effectiveAt,
  );
  const status = {
    "in-force": words.inForce,
    announced: words.announced,
    superseded: words.superseded,
  };
  const others = page.languages.filter((language) => language !== page.language);
  // The added words may be in another language than the text: then they say so to a screen reader.
  const foreign = spoken === page.language.split("-")[0] ? "" : raw(` lang="${spoken}" dir="ltr"`);

  const document = await html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${page.siteName}</title>
${page.status === "superseded" ? raw('<meta name="robots" content="noindex">\n') : ""}<style>${raw(style)}</style>
</head>
<body>
<header>
<strong>${page.siteName}</strong>
${
  others.length > 0
    ? html`<nav aria-label="${words.languages}" ${foreign}>
        <ul>
          ${others.map(languageLink)}
        </ul>
      </nav>`
    : ""
}
</header>
<main>
<p class="status ${page.status}"${foreign}>${status[page.status](date)}${
    page.status === "superseded"
      ? html` <a href="latest?lang=${encodeURIComponent(page.language)}">${words.readCurrent}</a>`
      : ""
  }</p>
${places.length >= worthContents ? html`<nav class="contents" aria-label="${words.contents}"><details><summary${foreign}>${words.contents}</summary><ul>${places.map(({ id, text }) => html`<li><a href="#${encodeURIComponent(id)}">${text}</a></li>`)}</ul></details></nav>` : ""}
<article>
${raw(renderMarkdown(page.markdown))}</article>
</main>
<footer${foreign}>
<dl>
<dt>${words.controller}</dt><dd>${page.controller.name}, ${page.controller.address}, ${page.controller.contact}</dd>
<dt>${words.version}</dt><dd><code>${page.version}</code></dd>
<dt>${words.documentHash}</dt><dd><code>${page.hash}</code></dd>
</dl>
</footer>
</body>
</html>
`;
  return document.toString();
}

/** Each language by its own name, in its own direction. */
function languageLink(language: string) {
  const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
  return html`<li>
    <a
      href="?lang=${encodeURIComponent(language)}"
      hreflang="${language}"
      lang="${language}"
      dir="${directionOf(language)}"
      >${name}</a
    >
  </li>`;
}
