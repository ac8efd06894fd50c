/** How values are written for people. */
export type Language = "en" | "ru";

const locales: Record<Language, string> = { en: "en-GB", ru: "ru-RU" };

/** Time of day in the officer's own zone. @param seconds Unix seconds */
export function clockTime(seconds: number, language: Language): string {
  const format = new Intl.DateTimeFormat(locales[language], { timeStyle: "medium" });
  return format.format(seconds * 1000);
}

/** Date and time in the officer's own zone. @param seconds Unix seconds */
export function localTime(seconds: number, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(locales[language], {
    dateStyle: "medium",
    timeStyle: "medium",
    ...(timeZone !== undefined && { timeZone }),
  }).format(seconds * 1000);
}

/** `2026-11-23 13:30:23 UTC`, in every language. @param seconds Unix seconds */
export function utcTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** The beginning of a hash: enough to tell two apart at a glance, never to prove anything. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

/** A text of a site in the officer's language, else in whatever language it was written. */
export function localizedText(texts: Record<string, string>, language: Language): string {
  return texts[language] ?? Object.values(texts)[0] ?? "";
}

/** Name of a country or a language in the officer's language; the code itself when there is none. */
export function displayName(type: "region" | "language", code: string, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A span of time in words: the largest unit that fits, `3 minutes`. @param seconds may be negative */
export function duration(seconds: number, language: Language): string {
  const length = Math.abs(seconds);
  const [unit, size] =
    (
      [
        ["day", 86_400],
        ["hour", 3600],
        ["minute", 60],
      ] as const
    ).find(([, size]) => length >= size) ?? (["second", 1] as const);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(
    Math.floor(length / size),
  );
}

/** A UTC day, `4 May`, as it is written on charts. @param seconds Unix seconds */
export function calendarDay(seconds: number, language: Language): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  return format.format(seconds * 1000);
}

/** @param share between 0 and 1 */
export function percentage(share: number, language: Language): string {
  const format = new Intl.NumberFormat(locales[language], {
    style: "percent",
    maximumFractionDigits: 1,
  });
  return format.format(share);
}

/** A size as files have it: `4.2 MB`. */
export function fileSize(bytes: number, language: Language): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return new Intl.NumberFormat(locales[language], {
    style: "unit",
    unit: units[step]!,
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}
