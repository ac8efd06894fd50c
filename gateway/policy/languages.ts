/** Which language a document is shown in, and in which direction it runs. */
import { parseAccept } from "hono/utils/accept";

const rightToLeft = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** Writing direction of a language tag; a script subtag, where there is one, decides. */
export function directionOf(language: string): "ltr" | "rtl" {
  const [primary = "", ...rest] = language.split("-");
  const script = rest.find((part) => part.length === 4);
  if (script) return /^(?:arab|hebr|thaa)$/i.test(script) ? "rtl" : "ltr";
  return rightToLeft.has(primary) ? "rtl" : "ltr";
}

/**
 * The best of the languages a document has: the one asked for, else the visitor's by their browser,
 * else the first. `pt` finds `pt-BR` and the reverse, the same script first; `*` and refused languages (`q=0`) find nothing.
 * @param available at least one, the fallback first
 * @param wanted from the address (`?lang=`), if any
 * @param acceptLanguage the request's header, if any
 */
export function chooseLanguage(
  available: string[],
  wanted: string | undefined,
  acceptLanguage: string | undefined,
): string {
  const asked = wanted === undefined ? undefined : closest(available, wanted);
  if (asked !== undefined) return asked;
  const preferences = parseAccept(acceptLanguage ?? "").filter((entry) => entry.q > 0);
  for (const { type } of preferences) {
    const found = closest(available, type);
    if (found !== undefined) return found;
  }
  return available[0]!;
}

/**
 * Which of the languages at hand a visitor who reads the wanted one reads as well: itself, or its
 * neighbour in the same script. `pt-BR` finds `pt` and `zh-TW` finds `zh-Hant`, which is not `zh`.
 */
export function spokenOf(available: string[], wanted: string): string | undefined {
  const exact = available.find((language) => language.toLowerCase() === wanted.toLowerCase());
  return exact ?? available.find((language) => writtenOf(language) === writtenOf(wanted));
}

function closest(available: string[], wanted: string): string | undefined {
  return (
    spokenOf(available, wanted) ??
    available.find((language) => primaryOf(language) === primaryOf(wanted))
  );
}

/** A language with the script it is written in; CLDR knows the usual one. */
function writtenOf(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    // Comes from outside, and may be no language tag at all.
    return tag.toLowerCase();
  }
}

const primaryOf = (language: string) => language.toLowerCase().split("-")[0];
