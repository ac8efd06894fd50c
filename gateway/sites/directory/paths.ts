/** What a site directory consists of: the paths that may stand in it, and how large each may be. */

/** Bytes; generous for texts, small enough that a mistaken folder is not read into memory. */
const limits = {
  configuration: 256 * 1024,
  policy: 512 * 1024,
  consent: 256 * 1024,
  summary: 32 * 1024,
  texts: 32 * 1024,
};

export const configurationPath = "site.json";

/** Folders of a site directory, with the ending of the one file per language in each. */
const languageFolders = {
  policy: ".md",
  summary: ".json",
  consent: ".md",
  texts: ".json",
} as const;
type LanguageFolder = keyof typeof languageFolders;
export const languageFolderNames = Object.keys(languageFolders) as LanguageFolder[];

export const languagePath = (folder: LanguageFolder, language: string) =>
  `${folder}/${language}${languageFolders[folder]}`;

const expected =
  /^(?:site\.json|(?<folder>policy|summary|consent|texts)\/(?<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.(?:md|json))$/;

interface ExpectedPath {
  /** Largest size, bytes. */
  limit: number;
  /** Absent for `site.json`. */
  language?: string;
  folder?: LanguageFolder;
}

/** What a path of a site directory is, or null where nothing of that name belongs there. */
export function expectedPath(path: string): ExpectedPath | null {
  const match = expected.exec(path);
  if (!match) return null;
  const { folder, language } = match.groups as { folder?: LanguageFolder; language?: string };
  if (folder === undefined || language === undefined) return { limit: limits.configuration };
  if (path !== languagePath(folder, language)) return null;
  return { limit: limits[folder], language, folder };
}

/** A path as it may be shown in a report: an owner's file name, without anything a terminal would obey. */
export function shownPath(path: string): string {
  const plain = path.replace(/[^\p{L}\p{N} ._/-]/gu, "?");
  return plain.length > 100 ? `${plain.slice(0, 100)}…` : plain;
}

export const unknownFile =
  "does not belong into a site directory; it holds site.json, policy/<language>.md, summary/<language>.json, consent/<language>.md and texts/<language>.json";

export const tooLarge = (limit: number) => `is larger than ${limit / 1024} KiB; shorten it`;
