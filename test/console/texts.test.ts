import { expect, test } from "vitest";
import { en } from "../../gateway/console/texts/en.ts";
import { ru } from "../../gateway/console/texts/ru.ts";
import { en as versionsEn } from "../../gateway/console/versions/texts/en.ts";
import { ru as versionsRu } from "../../gateway/console/versions/texts/ru.ts";

const all = { en: { ...en, versions: versionsEn }, ru: { ...ru, versions: versionsRu } };

/** Every text with its path; functions are called. */
function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value(3, 4, 5))]];
  return Object.entries(value as object).flatMap(([key, part]) => texts(part, `${path}.${key}`));
}

test("every text exists in both languages", () => {
  const [english, russian] = [texts(all.en, "texts"), texts(all.ru, "texts")];
  expect(russian.map(([path]) => path)).toEqual(english.map(([path]) => path));
  for (const [path, text] of [...english, ...russian]) expect(text.trim(), path).not.toBe("");
});

test("Russian texts are Russian", () => {
  const english = new Map(texts(all.en, "texts"));
  for (const [path, text] of texts(all.ru, "texts"))
    if (path !== "texts.product") expect(text, path).not.toBe(english.get(path));
});

test.each([
  [1, "1 новое решение"],
  [3, "3 новых решения"],
  [5, "5 новых решений"],
  [21, "21 новое решение"],
])("Russian counts %d", (count, text) => {
  expect(ru.records.fresh(count)).toBe(text);
});
