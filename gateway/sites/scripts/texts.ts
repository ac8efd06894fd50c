/** What the interface says on a site: the widget's own texts of a language, and the owner's in their place. */
import type { Issue } from "../../contract/errors.ts";
import type { Site } from "../../contract/site.ts";
import type { OwnTexts } from "../../contract/texts.ts";
import { localeOf, type Locale, type WidgetBuild } from "../builds.ts";
import { createReport, showable, type Report } from "../directory/issues.ts";
import { configurationPath, languagePath } from "../directory/paths.ts";

/** Texts that decide, side by side: none of them may be taken for another. */
const buttons = ["accept", "refuse", "choose", "save"];

const nothing: Locale = { tag: {}, ui: {}, record: {}, frames: {}, files: {} };

/**
 * The texts of a language, grouped by the script they travel with. Owner's texts that this build does not
 * know are passed over: a version outlives the build it was checked against.
 */
export function textsOf(build: WidgetBuild, language: string, own: OwnTexts): Locale {
  const { tag, ui, record, frames, files } = localeOf(build, language) ?? nothing;
  const over = (texts: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, Object.hasOwn(own, key) ? own[key]! : text]),
    );
  return {
    tag: over(tag),
    ui: over(ui),
    record: over(record),
    // Builds of before have none.
    frames: over(frames ?? {}),
    files: over(files ?? {}),
  };
}

/**
 * Problems of a site's languages and of its owner's texts: a language without an interface, a text that
 * does not exist, one without the slots and the link of the text it replaces.
 *
 * @param own owner's texts by language
 */
export function textIssues(
  { languages }: Site,
  own: Map<string, OwnTexts>,
  build: WidgetBuild,
): Issue[] {
  const report = createReport();
  const spoken = [...build.locales.keys()].toSorted().join(", ");
  for (const [index, language] of languages.entries()) {
    const locale = localeOf(build, language);
    if (locale) checkOwn(language, own.get(language) ?? {}, locale, report);
    else
      report.add(
        configurationPath,
        `languages.${index}`,
        `is a language that the interface does not speak; it speaks ${spoken}. Take one of these, or remove it`,
      );
  }
  return report.issues;
}

function checkOwn(language: string, own: OwnTexts, locale: Locale, report: Report): void {
  const original = new Map(Object.values(locale).flatMap((texts) => Object.entries(texts)));
  const add = (key: string, message: string) =>
    report.add(languagePath("texts", language), key, message);
  for (const [key, text] of Object.entries(own)) {
    const replaced = original.get(key);
    if (replaced === undefined)
      add(
        showable.test(key) ? key : "",
        "is not a text of the interface; docs/configuration.md lists them all",
      );
    else {
      const slots = slotsOf(replaced);
      if (slots.join() !== slotsOf(text).join())
        add(key, slots.length > 0 ? `must hold ${slots.join(" and ")}` : "must not hold a {slot}");
      if (bracketsOf(replaced) !== bracketsOf(text))
        add(
          key,
          bracketsOf(replaced) === ""
            ? "must not hold square brackets, which mark a link elsewhere"
            : "must hold one pair of [square brackets] around the words that become a link",
        );
    }
  }
  for (const key of buttons) {
    const others = buttons.filter((other) => other !== key);
    const shown = (name: string) => (own[name] ?? original.get(name))?.trim().toLocaleLowerCase();
    if (Object.hasOwn(own, key) && others.some((other) => shown(other) === shown(key)))
      add(key, "is what another button says; no visitor could tell them apart");
  }
}

/** Each once, in any order. */
const slotsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{\w+\}/g)].map(String))].toSorted();

const bracketsOf = (text: string) => text.replace(/[^[\]]/g, "");
