/** What an officer prefers, kept in this browser only. A browser that keeps nothing just forgets it. */
import type { Language } from "./format.ts";

export type Theme = "system" | "light" | "dark";

export interface Settings {
  language: Language;
  theme: Theme;
  /** Refresh the records without being asked. */
  auto: boolean;
}

const key = "soglas-console";

/** @param languages what the browser asks for, best first: `navigator.languages` */
export function readSettings(
  storage: Pick<Storage, "getItem">,
  languages: readonly string[],
): Settings {
  const kept = parse(storage);
  return {
    language:
      kept.language === "en" || kept.language === "ru" ? kept.language : preferred(languages),
    theme: kept.theme === "light" || kept.theme === "dark" ? kept.theme : "system",
    auto: kept.auto !== false,
  };
}

export function writeSettings(storage: Pick<Storage, "setItem">, settings: Settings): void {
  try {
    storage.setItem(key, JSON.stringify(settings));
  } catch {
    // Storage is full or forbidden: the setting holds until the page is closed.
  }
}

function parse(storage: Pick<Storage, "getItem">): Partial<Record<keyof Settings, unknown>> {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

const preferred = (languages: readonly string[]): Language =>
  languages.find((tag) => /^(en|ru)\b/.test(tag))?.startsWith("ru") ? "ru" : "en";
