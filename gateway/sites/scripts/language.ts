/** `zh` is in simplified characters; where the others are usual, `zh-Hant` comes before it. */
const whole = (tag: string) => tag.toLowerCase().replace(/^zh-(tw|hk|mo)$/, "zh-hant");
const primary = (tag: string) => whole(tag).split("-")[0];

/**
 * Which of a site's languages the tag would take for a page in this one: widget/core/page/language.ts, held
 * to the same by a test.
 * @param wanted comes from outside, and may be anything
 * @returns null when the tag would look at what else the visitor reads
 */
export function languageFor(languages: string[], wanted: string): string | null {
  if (languages.length === 1) return languages[0]!;
  return (
    languages.find((tag) => whole(tag) === whole(wanted)) ??
    languages.find((tag) => whole(tag) === primary(wanted)) ??
    languages.find((tag) => primary(tag) === primary(wanted)) ??
    null
  );
}
