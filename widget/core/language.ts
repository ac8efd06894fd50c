/**
 * The language of what the visitor is shown: the page's, then the browser's in their order, then the
 * site's first. `pt` serves a page in `pt-BR`, and the reverse.
 */
export function chooseLanguage(languages: string[]): string {
  const primary = (tag: string) => tag.toLowerCase().split("-")[0];
  for (const wanted of [document.documentElement.lang, ...navigator.languages]) {
    const match =
      languages.find((tag) => tag.toLowerCase() === wanted.toLowerCase()) ??
      languages.find((tag) => primary(tag) === primary(wanted));
    if (match) return match;
  }
  return languages[0]!;
}
