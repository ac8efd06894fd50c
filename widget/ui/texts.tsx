/** Words, numbers, times and names in the visitor's language. Everything countable goes through Intl. */
import type { ComponentChildren } from "preact";
import type { Strings } from "../locales/strings.ts";

export interface Texts {
  /** The string as written, its `{name}` slots filled. */
  (key: keyof Strings, values?: Record<string, string | number>): string;
  /** The form of a plural string that `n` asks for. */
  plural(key: keyof Strings, n: number): string;
  /** The string with its `[bracketed]` words as a link. */
  linked(key: keyof Strings, href: string, values?: Record<string, string>): ComponentChildren;
  /** How long an entry lives, in whole years, months or days; 0 is the browser session. */
  life(days: number): string;
  /** @param code ISO 3166-1 alpha-2 */
  country(code: string): string;
  /** @param seconds unix time */
  time(seconds: number): string;
  list(names: readonly string[]): string;
}

/** A link that leaves the page as it is, and tells nobody where the visitor came from. */
export function Link({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a part="link" href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

/**
 * @param language BCP 47 tag of the strings
 * @param strings one language of widget/locales, possibly with the owner's words laid over it
 */
export function createTexts(language: string, strings: Strings): Texts {
  const fill = (text: string, values?: Record<string, string | number>) =>
    text.replace(/\{(\w+)\}/g, (slot, name: string) => String(values?.[name] ?? slot));
  const unit = (n: number, name: string) =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(n);

  return Object.assign(
    (key: keyof Strings, values?: Record<string, string | number>) => fill(strings[key], values),
    {
      plural(key: keyof Strings, n: number) {
        const category = `${new Intl.PluralRules(language).select(n)} `;
        const forms = strings[key].split("|");
        const form =
          forms.find((candidate) => candidate.startsWith(category)) ?? forms.at(-1) ?? "";
        return fill(form.replace(/^\w+ /, ""), { n });
      },
      linked(key: keyof Strings, href: string, values?: Record<string, string>) {
        const [before, words, after] = fill(strings[key], values).split(/[[\]]/);
        return [before, <Link href={href}>{words}</Link>, after];
      },
      life(days: number) {
        if (!days) return strings.session;
        if (days % 365 === 0) return unit(days / 365, "year");
        return days % 30 ? unit(days, "day") : unit(days / 30, "month");
      },
      country: (code: string) =>
        new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code,
      time: (seconds: number) =>
        new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(
          seconds * 1000,
        ),
      list: (names: readonly string[]) => new Intl.ListFormat(language).format(names),
    },
  );
}
