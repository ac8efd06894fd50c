/**
 * The language of what the visitor is shown: the one the tag's element asks for (`data-lang`), then the
 * page's, then the browser's in their order, then the site's first. Each is looked for as it is, then in
 * the same script (`zh-TW` is written as `zh-Hant`, not as `zh`), then at all: `pt` serves a page in `pt-BR`,
 * and the reverse. Called while the tag's script runs, which is when it knows its element.
 */
export function chooseLanguage(languages: string[]): string {
  const whole = (tag: string) => tag.toLowerCase();
  const primary = (tag: string) => whole(tag).split("-")[0];
  const written = (tag: string) => {
    try {
      const { language, script } = new Intl.Locale(tag).maximize();
      return `${language}-${script}`;
    } catch {
      // What a page calls its language need not be one.
      return whole(tag);
    }
  };
  const { lang } = document.documentElement;
  for (const wanted of [
    document.currentScript?.dataset.lang ?? lang,
    lang,
    ...navigator.languages,
  ]) {
    for (const part of [whole, written, primary]) {
      const match = languages.find((tag) => part(tag) === part(wanted));
      if (match) return match;
    }
  }
  return languages[0]!;
}
