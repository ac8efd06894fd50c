/**
 * The language of what the visitor is shown: the one the tag's element asks for (`data-lang`), then the
 * page's, then the browser's in their order, then the site's first. `pt` serves a page in `pt-BR`, and the
 * reverse. Called while the tag's script runs, which is when it knows its element.
 */
export function chooseLanguage(languages: string[]): string {
  // `zh` is in simplified characters; where the others are usual, `zh-Hant` comes before it.
  const whole = (tag = "") => tag.toLowerCase().replace(/^zh-(tw|hk|mo)$/, "zh-hant");
  const primary = (tag?: string) => whole(tag).split("-")[0];
  for (const wanted of [
    document.currentScript?.dataset.lang,
    document.documentElement.lang,
    ...navigator.languages,
  ]) {
    const match =
      languages.find((tag) => whole(tag) === whole(wanted)) ??
      languages.find((tag) => whole(tag) === primary(wanted)) ??
      languages.find((tag) => primary(tag) === primary(wanted));
    if (match) return match;
  }
  return languages[0]!;
}
