/** Rules over the texts of a site directory: all languages there, and every summary point has its place. */
import type { Summary } from "../../contract/summary.ts";
import { headingsOf } from "../../policy/render.ts";
import type { Report } from "./issues.ts";
import { languagePath } from "./paths.ts";
import type { SiteFiles } from "../sites.ts";

/** What a language's texts are for, in the words of a report. */
const wanted = {
  policy: "the full policy in this language",
  summary: "the short policy shown in the widget in this language",
  consent: "the consent document in this language, which stands apart from the policy",
};
const neededFolders = Object.keys(wanted) as (keyof typeof wanted)[];

/**
 * @param texts decoded documents by path; files that are no UTF-8 text are absent
 * @param summaries valid summaries by language
 */
export function checkDocuments(
  languages: string[],
  files: SiteFiles,
  texts: Map<string, string>,
  summaries: Map<string, Summary>,
  report: Report,
): void {
  for (const language of languages) {
    for (const folder of neededFolders) {
      const path = languagePath(folder, language);
      if (!files.has(path)) report.add(path, "", `is missing: ${wanted[folder]}`);
    }
    checkText(languagePath("policy", language), texts, report);
    checkText(languagePath("consent", language), texts, report);
    checkApart(language, texts, report);
    checkAnchors(language, texts, summaries, report);
  }
}

function checkText(path: string, texts: Map<string, string>, report: Report): void {
  const text = texts.get(path);
  if (text === undefined) return;
  if (text.trim() === "") report.add(path, "", "is empty; write the document");
  else if (headingsOf(text).length === 0)
    report.add(path, "", 'has no heading; begin it with a title such as "# Privacy policy"');
}

/** 152-FZ art. 9 (since 1 September 2025): consent is drawn up apart from any other document. */
function checkApart(language: string, texts: Map<string, string>, report: Report): void {
  const consent = texts.get(languagePath("consent", language))?.trim();
  if (consent && consent === texts.get(languagePath("policy", language))?.trim())
    report.add(
      languagePath("consent", language),
      "",
      "is the policy once more; the consent document must be a text of its own",
    );
}

function checkAnchors(
  language: string,
  texts: Map<string, string>,
  summaries: Map<string, Summary>,
  report: Report,
): void {
  const policy = texts.get(languagePath("policy", language));
  const summary = summaries.get(language);
  if (policy === undefined || !summary) return;
  const ids = new Set(headingsOf(policy).map((heading) => heading.id));
  summary.points.forEach((point, index) => {
    if (!ids.has(point.anchor))
      report.add(
        languagePath("summary", language),
        `points.${index}.anchor`,
        `is not a heading of policy/${language}.md; an anchor is the heading in lower case with hyphens between words`,
      );
  });
}
