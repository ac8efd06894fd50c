/** A site directory in memory → what it says, or everything that is wrong with it. */
import type { z } from "zod";
import { siteWith, type Site } from "../../contract/site.ts";
import type { ServiceVendor } from "../../contract/vendors.ts";
import { summary, type Summary } from "../../contract/summary.ts";
import { ownTexts, type OwnTexts } from "../../contract/texts.ts";
import { checkDocuments } from "./documents.ts";
import { addSchemaIssues, createReport, type Report } from "./issues.ts";
import { checkJurisdiction, settled } from "./jurisdictions.ts";
import { partsOf } from "./parts.ts";
import { configurationPath, expectedPath, shownPath, tooLarge, unknownFile } from "./paths.ts";
import { checkReferences } from "./references.ts";
import { withKnownStores } from "../vendor-stores.ts";
import { PublishError, type SiteFiles } from "../sites.ts";

export interface SiteContent {
  /** Defaults filled in, jurisdiction settled. */
  site: Site;
  /** By language. */
  summaries: Map<string, Summary>;
  /** What is to stand in place of the interface's own texts, by language. */
  texts: Map<string, OwnTexts>;
}

/**
 * Checks a whole site directory, schema and rules, and reports all problems together.
 * @param vendors whose services a site may have
 * @throws {PublishError} with the path of every problem: `site.json: services.1.purpose`,
 *   `summary/ru.json: points.3.anchor`, `policy/en.md`
 */
export function validateSite(files: SiteFiles, vendors: readonly ServiceVendor[]): SiteContent {
  const report = createReport();
  const decoded = decodeFiles(files, report);

  const raw = parseJson(configurationPath, decoded, report);
  const parsed = siteWith(vendors).safeParse(raw?.value);
  if (raw && !parsed.success) addSchemaIssues(report, configurationPath, parsed.error, raw.value);
  const parts = partsOf(raw?.value, vendors);
  const add = (field: string, message: string) => report.add(configurationPath, field, message);
  checkReferences(parts, add);
  checkJurisdiction(parts, add);

  const languages = parts.languages.map(({ value }) => value);
  const summaries = readAll("summary", summary, decoded, report);
  const texts = readAll("texts", ownTexts, decoded, report);
  checkDocuments(languages, files, decoded, summaries, report);
  if (languages.length > 0) checkForeignFiles(languages, files, report);

  if (!files.has(configurationPath))
    report.add(configurationPath, "", "is missing; docs/configuration.md begins with an example");
  if (report.issues.length > 0 || !parsed.success) throw new PublishError(report.issues);
  const services = parsed.data.services.map(withKnownStores);
  return { site: settled({ ...parsed.data, services }), summaries, texts };
}

/** Texts by path, of the files that belong here, fit their limit and are UTF-8; a byte order mark goes. */
function decodeFiles(files: SiteFiles, report: Report): Map<string, string> {
  const texts = new Map<string, string>();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (const [path, bytes] of files) {
    const place = expectedPath(path);
    if (!place) report.add(shownPath(path), "", unknownFile);
    else if (bytes.length > place.limit) report.add(path, "", tooLarge(place.limit));
    else {
      try {
        texts.set(path, decoder.decode(bytes));
      } catch {
        report.add(path, "", "is not UTF-8 text; save it in that encoding");
      }
    }
  }
  return texts;
}

function parseJson(
  path: string,
  texts: Map<string, string>,
  report: Report,
): { value: unknown } | null {
  const text = texts.get(path);
  if (text === undefined) return null;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    report.add(
      path,
      "",
      `is not JSON${placeOf(error, text)}; look for a missing comma, quote or bracket`,
    );
    return null;
  }
}

/** Line and column of a syntax error, from the offset V8 reports; its message would quote the text. */
function placeOf(error: unknown, text: string): string {
  const offset = /at position (\d+)/.exec((error as Error).message)?.[1];
  if (offset === undefined) return "";
  const before = text.slice(0, Number(offset)).split("\n");
  return ` (line ${before.length}, column ${before.at(-1)!.length + 1})`;
}

/** The valid files of a folder, by language. */
function readAll<T>(
  folder: "summary" | "texts",
  schema: z.ZodType<T>,
  texts: Map<string, string>,
  report: Report,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const path of texts.keys()) {
    const place = expectedPath(path);
    if (place?.folder !== folder || place.language === undefined) continue;
    const raw = parseJson(path, texts, report);
    if (!raw) continue;
    const result = schema.safeParse(raw.value);
    if (result.success) found.set(place.language, result.data);
    else addSchemaIssues(report, path, result.error, raw.value);
  }
  return found;
}

function checkForeignFiles(languages: string[], files: SiteFiles, report: Report): void {
  for (const path of files.keys()) {
    const language = expectedPath(path)?.language;
    if (language !== undefined && !languages.includes(language))
      report.add(
        path,
        "",
        'is of a language that is not in "languages" of site.json; add it there or remove the file',
      );
  }
}
