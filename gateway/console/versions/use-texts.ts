import { useConsole } from "../context.ts";
import { en, type VersionTexts } from "./texts/en.ts";
import { ru } from "./texts/ru.ts";

/** What the pages about versions say, in the officer's language. */
export function useTexts(): VersionTexts {
  return useConsole().settings.language === "ru" ? ru : en;
}
