/**
 * The language of what the visitor is shown: the page's, then the browser's in their order, then the
 * site's first. `pt` serves a page in `pt-BR`, and the reverse.
 */
export function chooseLanguage(languages: string[]): string {
  const whole = (tag: string) => tag.toLowerCase();
  const primary = (tag: string) => whole(tag).split("-")[0];
  for (const wanted of [document.documentElement.lang, ...navigator.languages]) {
    for (const part of [whole, primary]) {
      const match = languages.find((tag) => part(tag) === part(wanted));
      if (match) return match;
    }
  }
  return languages[0]!;
}
