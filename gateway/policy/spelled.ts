/**
 * Countries and lengths of time, spelled out in a language. The gateway does it: browsers leave out
 * languages (Chromium knows no Belarusian, Irish, Kazakh or Maltese) and would answer in their own.
 */

type Unit = "day" | "month" | "year";

/** By the plural categories of the language; `{n}` is the number. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What Intl only abbreviates, or has in words that nobody says. */
const forms: Record<string, Partial<Record<Unit, Forms>>> = {
  be: { day: { one: "{n} дзень", few: "{n} дні", many: "{n} дзён", other: "{n} дня" } },
  ga: {
    year: {
      one: "{n} bhliain",
      two: "{n} bhliain",
      few: "{n} bliana",
      many: "{n} mbliana",
      other: "{n} bliain",
    },
  },
  mt: {
    day: { two: "jumejn", few: "{n} ijiem", many: "{n}-il jum", other: "{n} jum" },
    month: { two: "xahrejn", few: "{n} xhur", many: "{n}-il xahar", other: "{n} xahar" },
    year: { two: "sentejn", few: "{n} snin", many: "{n}-il sena", other: "{n} sena" },
  },
};

/**
 * A length of time in whole years, months (of 30 days) or days, whichever needs no fraction.
 *
 * @param days at least 1
 */
export function lengthIn(language: string, days: number): string {
  const [unit, length]: [Unit, number] =
    days % 365 === 0 ? ["year", 365] : days % 30 === 0 ? ["month", 30] : ["day", 1];
  const count = days / length;
  const own = forms[language.split("-")[0]!]?.[unit];
  if (!own) return count.toLocaleString(language, { style: "unit", unit, unitDisplay: "long" });
  const form = own[new Intl.PluralRules(language).select(count)] ?? own.other;
  return form.replace("{n}", count.toLocaleString(language));
}

/** @param code ISO 3166-1 alpha-2 */
export function countryIn(language: string, code: string): string {
  return new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}
