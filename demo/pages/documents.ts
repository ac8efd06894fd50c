/** The clinic's policy and consent document, rendered from the same files the gateway publishes. */
import { readFile } from "node:fs/promises";
import { html, raw } from "hono/html";
import MarkdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import type { Page } from "./layout.ts";
import type { Text, View } from "./site.ts";

/** Heading text → id, by the rule of docs/configuration.md: summaries link to these. */
function headingId(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

const markdown = new MarkdownIt({ html: false, linkify: false }).use(anchor, {
  slugify: headingId,
});

export type DocumentKind = "policy" | "consent";

const titles: Record<DocumentKind, Text> = {
  policy: { ru: "Политика конфиденциальности", en: "Privacy policy" },
  consent: { ru: "Согласие", en: "Consent" },
};

/** Reads the document of the site in the language of the view and renders it. */
export async function document(view: View, kind: DocumentKind): Promise<Page> {
  const file = new URL(`../sites/${view.site.id}/${kind}/${view.language}.md`, import.meta.url);
  const text = markdown.render(await readFile(file, "utf8"));
  return {
    title: titles[kind],
    measurement: "none",
    main: html`<article class="document">${raw(text)}</article>`,
  };
}
